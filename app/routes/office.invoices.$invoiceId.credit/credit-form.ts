import { z } from 'zod'
import type { CreditRequest, LinePart } from '#app/domain/invoice/credit-note.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** How many lines the page offers one by one. */
export const shownLines = 100

const ticked = z.literal('on').optional()
const typed = z.string().trim().max(30, 'too-long').optional()

/** The form over the first `count` lines of a document. */
export function creditFormOf(count: number) {
  const lines = Array.from({ length: Math.min(count, shownLines) }, (_, index) => index)
  return z.object({
    intent: z.enum(['preview', 'issue']).default('preview'),
    request: z.enum(['rest', 'amount', 'lines']),
    amount: typed,
    reason: z.string().trim().max(200, 'too-long').optional(),
    again: ticked,
    ...Object.fromEntries(lines.map((index) => [`whole${index}`, ticked])),
    ...Object.fromEntries(lines.flatMap((index) => [`quantity${index}`, `net${index}`]).map((name) => [name, typed])),
  })
}

export type CreditValues = { readonly request: 'rest' | 'amount' | 'lines' } & Readonly<Record<string, string | undefined>>
type Line = { readonly id: string; readonly net: { readonly minor: bigint } }

/** What the form asks for, or the name of the field that cannot be read. */
export function readCreditRequest(values: CreditValues, lines: readonly Line[], currency: string): Result<CreditRequest, string> {
  if (values.request === 'rest') return ok({ kind: 'rest' })
  if (values.request === 'amount') {
    const amount = typedAmount(values.amount ?? '', currency)
    return amount ? ok({ kind: 'amount', amount }) : err('amount')
  }
  const parts: { lineId: string; part: LinePart }[] = []
  for (const [index, line] of lines.slice(0, shownLines).entries()) {
    const part = partOf(values, index, { line, currency })
    if (!part.ok) return part
    if (part.value) parts.push({ lineId: line.id, part: part.value })
  }
  return ok({ kind: 'lines', parts })
}

function partOf(
  values: CreditValues,
  index: number,
  { line, currency }: { line: Line; currency: string },
): Result<LinePart | null, string> {
  const [quantity, net] = [values[`quantity${index}`], values[`net${index}`]]
  if (values[`whole${index}`] === 'on') return ok({ kind: 'rest' })
  if (quantity) {
    const isNumber = /^\d{1,20}(\.\d{1,12})?$/.test(quantity)
    return isNumber ? ok({ kind: 'quantity', quantity: new Decimal(quantity) }) : err(`quantity${index}`)
  }
  if (!net) return ok(null)
  const amount = typedAmount(net, currency)
  // A line below zero, a discount for one, comes back below zero.
  const sign = line.net.minor < 0n ? -1n : 1n
  return amount ? ok({ kind: 'net', net: { ...amount, minor: amount.minor * sign } }) : err(`net${index}`)
}
