import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** How the seller deals with refunds and disputes, and a payout of its gateway. */
export async function plantSellerGatewayPayout({ db, tenantId, now }: TenantContext): Promise<void> {
  const { id: gatewayAccountId } = await db.gatewayAccount.findFirstOrThrow({ where: { tenantId }, select: { id: true } })
  await db.paymentSettings.createMany({
    data: [{ tenantId, refundApprovalAbove: {}, suspendsOnDispute: false, exchangeMonths: 13, changedAt: now }],
  })
  const id = v7()
  const sums = { currency: 'EUR', amountMinor: 9n, feeMinor: 1n }
  const payout = { payoutRef: id, state: 'paid', arrivesOn: new Date('2026-10-02'), readAt: now }
  await db.gatewayPayout.createMany({ data: [{ tenantId, id, gatewayAccountId, ...payout, ...sums }] })
  const line = { position: 1, kind: 'payment', ref: 'pay_1', amountMinor: 10n, feeMinor: 1n, difference: 'unknown' }
  await db.gatewayPayoutLine.createMany({ data: [{ tenantId, id: v7(), payoutId: id, ...line }] })
}

/** A refund of the buyer's attempt, and a dispute with what the seller says to it. */
export async function plantBuyerDispute({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const attempt = await db.paymentAttempt.findFirstOrThrow({ where: { accountId }, select: { id: true, gatewayAccountId: true } })
  const payment = await db.payment.findFirstOrThrow({ where: { accountId }, select: { id: true } })
  const common = { tenantId, accountId, gatewayAccountId: attempt.gatewayAccountId, attemptId: attempt.id, paymentId: payment.id }
  const sum = { currency: 'EUR', amountMinor: 1n, changedAt: now }
  const refund = { source: 'staff', state: 'pending', reason: 'Paid twice', requestedBy: 'test', createdAt: now }
  await db.gatewayRefund.createMany({ data: [{ ...common, ...sum, id: v7(), ...refund }] })
  const disputeId = v7()
  const dispute = { disputeRef: disputeId, state: 'needs-response', reason: 'fraudulent', returnedMinor: 1n, openedAt: now }
  await db.dispute.createMany({ data: [{ ...common, ...sum, id: disputeId, ...dispute }] })
  await db.disputeEvidence.createMany({ data: [{ tenantId, disputeId, text: 'Delivered', savedBy: 'test', savedAt: now }] })
  const file = { name: 'order.pdf', contentType: 'application/pdf', sizeBytes: 1, fileKey: 'order', addedBy: 'test', addedAt: now }
  await db.disputeFile.createMany({ data: [{ tenantId, id: v7(), disputeId, ...file }] })
}
