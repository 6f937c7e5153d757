import { add } from '../money/money.ts'
import type { CreditFigures } from './credit-note.ts'
import type { CreditedBefore } from './credit-rests.ts'
import type { FinalisedInvoice } from './finalised-invoice.ts'

export const nothingCredited: CreditedBefore = { taxes: [], lines: new Map() }

/** What `notes` took of `invoice`, added up as the database does. */
export function creditedWith(invoice: FinalisedInvoice, notes: readonly CreditFigures[]): CreditedBefore {
  const lines = new Map<string, { net: typeof invoice.net; quantity: CreditFigures['lines'][number]['quantity'] }>()
  for (const line of notes.flatMap((note) => note.lines)) {
    if (!line.creditsLineId) continue
    const known = lines.get(line.creditsLineId)
    const quantity = line.kind === 'credit' ? line.quantity.minus(line.quantity) : line.billedQuantity
    lines.set(
      line.creditsLineId,
      known ? { net: add(known.net, line.net), quantity: known.quantity.plus(quantity) } : { net: line.net, quantity },
    )
  }
  return { taxes: notes.flatMap((note) => note.taxes), lines }
}
