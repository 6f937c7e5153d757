import { BlockList, isIP } from 'node:net'

const mostNetworks = 20

/** The networks in a text, as `address/bits` each, parted by blanks, commas or lines; null when one is none, or there are more than 20. */
export function networksOf(text: string): string[] | null {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  const networks = parts.map(networkOf)
  if (networks.length > mostNetworks || networks.includes(null)) return null
  return [...new Set(networks)] as string[]
}

function networkOf(text: string): string | null {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  const width = family === 4 ? 32 : 128
  if (family === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)) || Number(bits ?? width) > width) return null
  return `${address.toLowerCase()}/${Number(bits ?? width)}`
}

/** Whether an address is in one of `networks`, which `networksOf` made. An IPv4 address that comes as IPv6 counts as what it is. */
export function isAmong(address: string, networks: readonly string[]): boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/')
    list.addSubnet(base, Number(bits), familyOf(base))
  }
  const plain = address.toLowerCase().startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
  return list.check(plain, familyOf(plain))
}

function familyOf(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
