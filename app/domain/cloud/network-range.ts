/** A block of network addresses: the first of them as a number, and how many leading bits all share. */
export type NetworkRange = { readonly family: 4 | 6; readonly first: bigint; readonly prefix: number }

const widths = { 4: 32, 6: 128 } as const

/**
 * The block that CIDR text such as `10.0.0.0/24` or `2001:db8::/32` names; null for anything malformed, and for an address
 * that is not the first of its block.
 */
export function parseRange(text: string): NetworkRange | null {
  const match = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text)
  if (!match) return null
  const [, address = '', length = ''] = match
  const family = address.includes(':') ? 6 : 4
  const first = family === 6 ? parseIpv6(address) : parseIpv4(address)
  const prefix = Number(length)
  const width = widths[family]
  if (first === null || prefix > width) return null
  return first % 2n ** BigInt(width - prefix) === 0n ? { family, first, prefix } : null
}

/** An IPv4 address as a number; null for anything malformed, leading zeros included. */
export function parseIpv4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

/** An IPv6 address as a number, without embedded IPv4; null for anything malformed. */
export function parseIpv6(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n)
}

/** Whether every address of `inner` is in `outer`. */
export function covers(outer: NetworkRange, inner: NetworkRange): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false
  const size = 2n ** BigInt(widths[outer.family] - outer.prefix)
  return inner.first >= outer.first && inner.first < outer.first + size
}

/** Whether two blocks share an address. */
export function overlap(left: NetworkRange, right: NetworkRange): boolean {
  return covers(left, right) || covers(right, left)
}
