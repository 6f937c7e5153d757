import { invariant } from '../shared/invariant.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { DocumentType } from './document-type.ts'

/** A format in its parts: literal text, or what takes its place in a number. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'year' }
  | { readonly kind: 'number'; readonly digits: number }

/** How numbers of one series look. */
export type NumberFormat = { readonly parts: readonly Part[] }

export type NumberFormatProblem = 'unknown-token' | 'character-not-allowed' | 'number-missing' | 'year-missing' | 'format-too-long'

/** What stands for `{prefix}` and `{type}`. */
export type NumberNames = { readonly prefix: string; readonly documentType: DocumentType }

const typeCodes: Readonly<Record<DocumentType, string>> = {
  invoice: 'INV',
  'credit-note': 'CN',
  'debit-note': 'DN',
  'pro-forma': 'PF',
  'prepayment-receipt': 'PR',
  'self-billed': 'SB',
}

const longest = 30

/** The format of a type whose issuer has set none. */
export function defaultNumberFormat(documentType: DocumentType): string {
  return documentType === 'invoice' ? '{prefix}-{year}-{number:5}' : '{prefix}-{type}-{year}-{number:5}'
}

/**
 * Reads a format such as `{prefix}-{year}-{number:5}`. Tokens: `{prefix}`, `{type}`, `{year}`, `{number}` or `{number:n}` with at
 * least n digits; besides them letters, digits, dash, dot and underscore. Year and number stand in it once each, so that no two
 * numbers of one series are equal: all but the number has a fixed length.
 */
export function parseNumberFormat(format: string, names: NumberNames): Result<NumberFormat, NumberFormatProblem> {
  const parts: Part[] = []
  for (const piece of format.split(/(\{[^}]*\})/).filter(Boolean)) {
    const part = piece.startsWith('{') ? tokenOf(piece, names) : textOf(piece)
    if (!part.ok) return part
    parts.push(part.value)
  }
  if (parts.filter((part) => part.kind === 'number').length !== 1) return err('number-missing')
  if (parts.filter((part) => part.kind === 'year').length !== 1) return err('year-missing')
  const parsed = { parts }
  return writeNumber(parsed, { year: 2026, sequence: 1 }).length > longest ? err('format-too-long') : ok(parsed)
}

function tokenOf(token: string, names: NumberNames): Result<Part, NumberFormatProblem> {
  const digits = /^\{number(?::([1-9]))?\}$/.exec(token)
  if (digits) return ok({ kind: 'number', digits: Number(digits[1] ?? 1) })
  if (token === '{year}') return ok({ kind: 'year' })
  if (token === '{prefix}') return ok({ kind: 'text', text: names.prefix })
  return token === '{type}' ? ok({ kind: 'text', text: typeCodes[names.documentType] }) : err('unknown-token')
}

function textOf(text: string): Result<Part, NumberFormatProblem> {
  if (/[{}]/.test(text)) return err('unknown-token')
  return /^[A-Za-z0-9._-]+$/.test(text) ? ok({ kind: 'text', text }) : err('character-not-allowed')
}

/** The number as printed; past its digits it grows. @throws InvariantError for a sequence below 1. */
export function writeNumber({ parts }: NumberFormat, { year, sequence }: { year: number; sequence: number }): string {
  invariant(Number.isInteger(sequence) && sequence >= 1, 'writeNumber: the first number is 1')
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text
      return part.kind === 'year' ? String(year) : String(sequence).padStart(part.digits, '0')
    })
    .join('')
}

/**
 * Whether two series could ever write the same number. They cannot when the text before the first digits, or after the last,
 * tells them apart. Careful rather than clever: what cannot be told apart so counts as a collision.
 */
export function mayCollide(a: NumberFormat, b: NumberFormat): boolean {
  return !isApart(headOf(a), headOf(b)) && !isApart(headOf(turned(a)), headOf(turned(b)))
}

/** Whether two formats differ in nothing but how many digits they fill up: the same counter then writes no number twice. */
export function hasSameShape(a: NumberFormat, b: NumberFormat): boolean {
  const shape = ({ parts }: NumberFormat) => parts.map((part) => (part.kind === 'text' ? part.text : `{${part.kind}}`)).join('')
  return shape(a) === shape(b)
}

/** One begins otherwise than the other, or goes on with something that is no digit where the other has its digits. */
function isApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (!long.startsWith(short)) return true
  return long.length > short.length && !/\d/.test(long.charAt(short.length))
}

function headOf({ parts }: NumberFormat): string {
  const first = parts.findIndex((part) => part.kind !== 'text')
  return parts
    .slice(0, first)
    .map((part) => (part.kind === 'text' ? part.text : ''))
    .join('')
}

/** The format read from its end, letter by letter. */
function turned({ parts }: NumberFormat): NumberFormat {
  return { parts: [...parts].reverse().map((part) => (part.kind === 'text' ? { ...part, text: reversed(part.text) } : part)) }
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}
