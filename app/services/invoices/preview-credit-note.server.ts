import type { TenantContext } from '#app/db/context.server.ts'
import { readCredited } from '#app/db/credit/credits.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { type CreditFigures, type CreditProblem, type CreditRequest, creditNote } from '#app/domain/invoice/credit-note.ts'
import { creditableRest, lineRests } from '#app/domain/invoice/credit-rests.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { Result } from '#app/domain/shared/result.ts'

export type CreditPreview = {
  /** What is left to credit now, tax included, and of each line, net. */
  readonly rest: Money
  readonly lineRests: ReadonlyMap<string, Money>
  /** What the credit asked for would say; null when none was asked for. */
  readonly figures: Result<CreditFigures, CreditProblem> | null
}

/** What can be credited of a document, and what `request` would come to; nothing is written. Undefined when there is no such document. */
export async function previewCreditNote(
  ctx: TenantContext,
  { invoiceId, request }: { readonly invoiceId: string; readonly request: CreditRequest | null },
): Promise<CreditPreview | undefined> {
  const stored = await readFinalisedInvoice(ctx, invoiceId)
  if (!stored) return undefined
  const { invoice } = stored
  const before = await readCredited(ctx, invoiceId)
  return {
    rest: creditableRest({ invoice, before }),
    lineRests: lineRests({ invoice, before }),
    figures: request && creditNote({ invoice, before, request, reason: '' }),
  }
}
