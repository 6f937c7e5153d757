import { z } from 'zod'

/** A record of a name server: what it must be, and what was there at the last look. */
export const CheckedRecord = z.object({
  /** What it is for. */
  purpose: z.enum(['proof', 'pointing', 'dkim', 'spf', 'dmarc']),
  /** `ALIAS` is what name servers offer where a CNAME may not stand. */
  type: z.enum(['TXT', 'CNAME', 'A', 'AAAA', 'ALIAS']),
  name: z.string(),
  expected: z.string(),
  found: z.array(z.string()).readonly(),
  isGood: z.boolean(),
})
export type CheckedRecord = z.output<typeof CheckedRecord>

/** The records that a row keeps. @throws when they are none. */
export function readRecords(stored: unknown): readonly CheckedRecord[] {
  return z.array(CheckedRecord).parse(stored)
}

/** Nobody needs to see more of what stands at a name, nor longer; the name is a stranger's. */
const mostFound = 10
const longestFound = 500

/** Texts of a stranger, fit to keep: few, not long, without control characters. */
export function kept(found: readonly string[]): readonly string[] {
  return found.slice(0, mostFound).map((text) => text.replace(/\p{Cc}/gu, '�').slice(0, longestFound))
}
