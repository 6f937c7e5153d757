import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { type CreateCreditNoteError, createCreditNote } from './create-credit-note.server.ts'
import { draftBuyer, takeOver } from './start-draft.server.ts'

export type CreditAndReissueInput = { readonly invoiceId: string; readonly reason: string }
export type CreditAndReissueError = CreateCreditNoteError | 'invoice-already-credited' | 'not-an-invoice'

/**
 * Takes an invoice back whole and begins it anew: a credit note over all of it, and a draft with the same lines, whose buyer can be
 * corrected before it is issued. The tax point stays, the treatment follows the corrected buyer. Its charges stay settled.
 */
export async function creditAndReissue(
  ctx: TenantContext,
  input: CreditAndReissueInput,
): Promise<Result<{ draftId: string; creditNoteId: string }, CreditAndReissueError>> {
  const stored = await readFinalisedInvoice(ctx, input.invoiceId)
  if (!stored) return err('invoice-not-found')
  const { invoice } = stored
  if (invoice.documentType !== 'invoice') return err('not-an-invoice')

  const credited = await createCreditNote(ctx, { ...input, request: { kind: 'rest' }, isChargedAgain: false })
  if (!credited.ok) return credited
  // What was credited before is not charged a second time by the new invoice.
  if (credited.value.total.minor !== invoice.total.minor) return err('invoice-already-credited')
  const { draftId } = await takeOver(ctx, invoice, draftBuyer(invoice.buyer), addDays(invoice.periodEnd, -1))
  return ok({ draftId, creditNoteId: credited.value.creditNoteId })
}
