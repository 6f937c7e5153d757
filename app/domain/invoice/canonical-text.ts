import { Decimal } from '../money/decimal.ts'
import { invariant } from '../shared/invariant.ts'
import type { FinalisedInvoice } from './finalised-invoice.ts'

/**
 * The one text of a document in its series: everything it says, keys in order of code unit, decimals without trailing
 * zeros, a missing reference or reason left out, then the hash of the document before it. Stored and read again it gives the same text, so its hash proves that
 * nothing changed (B21).
 */
export function canonicalText(invoice: FinalisedInvoice, previousHash: string | null): string {
  return canonicalDocument(invoice, writtenLines(invoice.lines), previousHash)
}

/** Lines as the text of their document has them: the longest part of it, and the one that is known before the number is. */
export function writtenLines(lines: FinalisedInvoice['lines']): WrittenPart {
  return new WrittenPart(canonical(lines))
}

/** `canonicalText` of a document whose lines are written already. */
export function canonicalDocument(document: Omit<FinalisedInvoice, 'lines'>, lines: WrittenPart, previousHash: string | null): string {
  const { refersTo, reason, ...facts } = document
  const said = { ...facts, lines, ...(refersTo ? { refersTo } : {}), ...(reason === null ? {} : { reason }) }
  return canonical({ invoice: said, previousHash })
}

/** A part whose text is known. */
export class WrittenPart {
  constructor(readonly text: string) {}
}

function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'bigint') return `"${value}"`
  if (value instanceof WrittenPart) return value.text
  if (value instanceof Date) return `"${value.toISOString()}"`
  if (Decimal.isDecimal(value)) return `"${(value instanceof Decimal ? value : new Decimal(value)).toFixed()}"`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  invariant(typeof value === 'object', `canonicalText: ${typeof value} has no text`)
  return membersOf(value as Readonly<Record<string, unknown>>)
}

function membersOf(value: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(member)}`
  }
  return `{${text}}`
}
