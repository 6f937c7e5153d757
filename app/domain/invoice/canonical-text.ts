import { Decimal } from '../money/decimal.ts'
import { invariant } from '../shared/invariant.ts'
import type { FinalisedInvoice } from './finalised-invoice.ts'

/**
 * The one text of a document in its series: everything it says, keys in order of code unit, decimals without trailing
 * zeros, a missing reference or reason left out, then the hash of the document before it. Stored and read again it gives the same text, so its hash proves that
 * nothing changed (B21).
 */
export function canonicalText(invoice: FinalisedInvoice, previousHash: string | null): string {
  const { refersTo, reason, ...facts } = invoice
  const said = { ...facts, ...(refersTo ? { refersTo } : {}), ...(reason === null ? {} : { reason }) }
  return canonical({ invoice: said, previousHash })
}

function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'bigint') return `"${value}"`
  if (value instanceof Date) return `"${value.toISOString()}"`
  if (Decimal.isDecimal(value)) return `"${(value instanceof Decimal ? value : new Decimal(value)).toFixed()}"`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  invariant(typeof value === 'object', `canonicalText: ${typeof value} has no text`)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}
