import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { entryIds, reverseRefund } from '#app/db/payments/payments.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

/**
 * Money that was booked as gone back is here after all: a refund that failed, a dispute that was won. The payment has it unapplied again,
 * and what was booked is reversed today. False when nothing went back for that fact, or it was put back before.
 */
export async function putBack(
  ctx: TenantContext,
  { sourceKey, reason }: { readonly sourceKey: string; readonly reason: string },
): Promise<boolean> {
  const refund = await reverseRefund(ctx, { sourceKey, reason })
  if (!refund) return false
  const { id: refundId, paymentId, accountId, amount } = refund
  const bookedAs = `refund:${refundId}`
  const entryId = (await entryIds(ctx, [bookedAs])).get(bookedAs)
  invariant(entryId, `putBack: refund ${refundId} is not booked`)
  await postEntry(ctx, {
    sourceKey: `reversal:${entryId}`,
    kind: 'reversal',
    accountId,
    invoiceId: null,
    postings: reversalOf(await readEntryPostings(ctx, bookedAs)),
    reverses: { entryId, reason },
  })
  const sums = { amountMinor: amount.minor.toString(), currency: amount.currency }
  await audit(ctx, { action: 'payment.put-back', subjectKind: 'payment', subjectId: paymentId, detail: { refundId, ...sums, reason } })
  await enqueue(ctx, {
    name: 'payment/put-back',
    data: { tenantId: ctx.tenantId, refundId, paymentId, accountId, ...sums },
    key: `payment-put-back:${refundId}`,
  })
  return true
}
