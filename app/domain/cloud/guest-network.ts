import { covers, overlap, parseRange } from './network-range.ts'

export type NetworkProblem = 'malformed-range' | 'range-not-private' | 'range-size' | 'range-overlaps'

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseRange(text) ?? [])
const [widest, narrowest] = [16, 28]

/** What speaks against a guest network of `range` beside those of `others`; null when nothing does. */
export function networkProblem(range: string, others: readonly string[]): NetworkProblem | null {
  const parsed = parseRange(range)
  if (parsed?.family !== 4) return 'malformed-range'
  if (!privateRanges.some((outer) => covers(outer, parsed))) return 'range-not-private'
  if (parsed.prefix < widest || parsed.prefix > narrowest) return 'range-size'
  const known = others.flatMap((other) => parseRange(other) ?? [])
  return known.some((other) => overlap(other, parsed)) ? 'range-overlaps' : null
}
