import type { TenantContext } from '#app/db/context.server.ts'
import { disputesShortOf } from '#app/db/payments/disputes.server.ts'
import { lockPayment } from '#app/db/payments/payments.server.ts'
import { lockWalletOfPayment } from '#app/db/payments/wallets.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfDisputeLoss } from '#app/domain/ledger/rules.ts'
import { heldAtOf, lesser, unappliedOf } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { returnPayment } from '../payments/refund-payment.server.ts'

/**
 * A refund that failed leaves its money with the payment. Where a dispute took that money as well and it was booked as lost, it goes to the
 * dispute now, and so much less is lost: refund and dispute end alike in whatever order they were told of.
 */
export async function takeLateMoney(ctx: TenantContext, { paymentId, refundId }: { paymentId: string; refundId: string }): Promise<void> {
  const short = await disputesShortOf(ctx, paymentId)
  if (short.length === 0) return
  await lockWalletOfPayment(ctx, paymentId)
  for (const { id, disputeRef, accountId, lost } of short) {
    const payment = await lockPayment(ctx, paymentId)
    invariant(payment, `dispute ${disputeRef} has no payment`)
    const amount = lesser(lost, unappliedOf(payment))
    if (amount.minor <= 0n) return
    const taken = await returnPayment(ctx, { paymentId, amount, reason: disputeRef, sourceKey: `dispute:${id}:${refundId}` })
    invariant(taken.ok, `dispute ${disputeRef}: ${taken.ok ? '' : taken.error}`)
    const postings = reversalOf(postingsOfDisputeLoss({ at: heldAtOf(payment.heldAt), amount }))
    const sourceKey = `dispute-loss:${id}:${refundId}`
    await postEntry(ctx, { sourceKey, kind: 'dispute-loss', accountId, invoiceId: null, postings })
  }
}
