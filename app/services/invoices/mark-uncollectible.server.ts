import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { changeInvoiceStatus, lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { changeStatus } from '#app/domain/invoice/invoice-status.ts'
import { postingsOfWriteOff } from '#app/domain/ledger/write-off.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { postedDocument } from './posted-document.ts'

export type MarkUncollectibleInput = {
  readonly invoiceId: string
  readonly reason: string
  /** Whether the tax of what is open is taken back from the state with it. */
  readonly isTaxCorrected: boolean
}
export type MarkUncollectibleError = 'invoice-not-found' | 'invoice-not-open'

/** Gives up what is open of an invoice: a bad debt in the books, while the document stays as it is. Safe to repeat. */
export async function markUncollectible(ctx: TenantContext, input: MarkUncollectibleInput): Promise<Result<void, MarkUncollectibleError>> {
  const state = await lockInvoiceState(ctx, input.invoiceId)
  const stored = state && (await readFinalisedInvoice(ctx, input.invoiceId))
  if (!state || !stored) return err('invoice-not-found')
  if (state.status === 'uncollectible') return ok(undefined)
  if (!changeStatus(state.status, 'uncollectible').ok) return err('invoice-not-open')

  await changeInvoiceStatus(ctx, state.invoiceId, 'uncollectible')
  const open = money(state.totalMinor - state.paidMinor, state.currency)
  const invoice = postedDocument(state.accountId, { ...stored.invoice, lines: [] })
  await postEntry(ctx, {
    sourceKey: `write-off:${state.invoiceId}`,
    kind: 'write-off',
    accountId: state.accountId,
    invoiceId: state.invoiceId,
    postings: postingsOfWriteOff({ invoice, open, isTaxCorrected: input.isTaxCorrected }),
  })
  await audit(ctx, {
    action: 'invoice.uncollectible',
    subjectKind: 'invoice',
    subjectId: state.invoiceId,
    detail: { number: state.number, openMinor: open.minor.toString(), isTaxCorrected: input.isTaxCorrected, reason: input.reason },
  })
  return ok(undefined)
}
