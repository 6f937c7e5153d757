import { lookup as lookUp } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

/** Whether `address` belongs to this machine or to a network that is not public. */
export function isPrivateAddress(address: string): boolean {
  const kind = isIP(address)
  return kind === 0 || closed.check(address, kind === 6 ? 'ipv6' : 'ipv4')
}

/** Whether the host of a URL is written as an address of a private network. */
export function isPrivateLiteral(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && isPrivateAddress(literal)
}

/** A name lookup for connections that may leave to public addresses only: judged at the moment of connecting, so a name cannot lead elsewhere in between. */
export function publicLookup(refuse: (hostname: string) => Error): LookupFunction {
  return lookupWithin((address) => !isPrivateAddress(address), refuse)
}

/** The same for connections that may leave to the addresses that `isOpen` says. */
export function lookupWithin(isOpen: (address: string) => boolean, refuse: (hostname: string) => Error): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isOpen(address))) return callback(refuse(hostname), '')
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
}
