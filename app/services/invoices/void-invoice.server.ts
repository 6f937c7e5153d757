import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { giveDiscountsBack, releaseCharges } from '#app/db/credit/credits.server.ts'
import { changeInvoiceStatus, type InvoiceStateRow, lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { lockWalletOfInvoice } from '#app/db/payments/wallets.server.ts'
import { changeStatus } from '#app/domain/invoice/invoice-status.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { takeVoidedDeferralBack } from '../ledger/take-deferral-back.server.ts'
import { openAgain } from '../wallet/give-balance-back.server.ts'

export type VoidInvoiceInput = { readonly invoiceId: string; readonly reason: string }
export type VoidInvoiceError = 'invoice-not-found' | 'invoice-already-paid' | 'invoice-already-credited' | 'invoice-not-voidable'

/**
 * Voids a document of which nothing was paid or credited: its ledger entry is reversed, its number stays taken, its charges are open
 * again and go on the next invoice. Credit notes and balance that settled it are the buyer's again. A credit note cannot be voided. Safe to repeat.
 */
export async function voidInvoice(ctx: TenantContext, input: VoidInvoiceInput): Promise<Result<void, VoidInvoiceError>> {
  await lockWalletOfInvoice(ctx, input.invoiceId)
  const held = await lockInvoiceState(ctx, input.invoiceId)
  if (!held) return err('invoice-not-found')
  if (held.status === 'void') return ok(undefined)
  const state = await openAgain(ctx, held, input.reason)
  const problem = problemOf(state)
  if (problem) return err(problem)

  await changeInvoiceStatus(ctx, state.invoiceId, 'void')
  await releaseCharges(ctx, state.invoiceId, null)
  await giveDiscountsBack(ctx, state.invoiceId)
  const postings = reversalOf(await readEntryPostings(ctx, `${state.documentType}:${state.invoiceId}`))
  if (postings.length > 0)
    await postEntry(ctx, {
      sourceKey: `void:${state.invoiceId}`,
      kind: 'void',
      accountId: state.accountId,
      invoiceId: state.invoiceId,
      postings,
    })
  await takeVoidedDeferralBack(ctx, state)
  await enqueue(ctx, { name: 'invoice/voided', data: { tenantId: ctx.tenantId, invoiceId: state.invoiceId } })
  await audit(ctx, {
    action: 'invoice.voided',
    subjectKind: 'invoice',
    subjectId: state.invoiceId,
    detail: { number: state.number, reason: input.reason },
  })
  return ok(undefined)
}

/** Why a document cannot be voided; null when it can. */
function problemOf(state: Pick<InvoiceStateRow, 'documentType' | 'status' | 'creditedMinor' | 'paidMinor'>): VoidInvoiceError | null {
  if (state.documentType === 'credit-note' || state.documentType === 'prepayment-receipt') return 'invoice-not-voidable'
  if (state.creditedMinor > 0n) return 'invoice-already-credited'
  if (state.paidMinor > 0n || state.status === 'paid') return 'invoice-already-paid'
  return changeStatus(state.status, 'void').ok ? null : 'invoice-not-voidable'
}
