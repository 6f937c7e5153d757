import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  allocationsTakenFor,
  type DisputeRow,
  insertDispute,
  lateSharesOf,
  lockDispute,
  moveDispute,
} from '#app/db/payments/disputes.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { attemptOfRefs, lockAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { lockPayment } from '#app/db/payments/payments.server.ts'
import { lockWalletOfPayment } from '#app/db/payments/wallets.server.ts'
import { disputeAfter, isDecided } from '#app/domain/dispute/dispute-state.ts'
import { postingsOfDisputeLoss, postingsOfGatewayFee } from '#app/domain/ledger/rules.ts'
import { money, subtract, zero } from '#app/domain/money/money.ts'
import { heldAtOf, lesser, type Payment, unappliedOf } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { GatewayDispute } from '#app/ports/payment-gateway.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { allocatePayment } from '../payments/allocate-payment.server.ts'
import { putBack } from '../payments/put-back.server.ts'
import { returnPayment } from '../payments/refund-payment.server.ts'
import { restoreTopUp } from '../wallet/take-back-top-up.server.ts'
import { reverseLoss } from './reverse-loss.server.ts'

export type TakeInDisputeInput = { readonly gatewayAccountId: string; readonly seen: GatewayDispute }
export type TakeInDisputeError = 'payment-not-found' | 'other-currency' | 'amount-not-positive'

/**
 * Takes in what a gateway says of a dispute now. Seen first, the money is taken back and frozen: what it settled is open again. Won, all of
 * it comes back and settles what it settled; lost, it stays so. The gateway's fee is booked as it changes. Seen in whatever order and
 * however often, the same states end in the same books. Returns the dispute's id.
 */
export async function takeInDispute(
  ctx: TenantContext,
  { gatewayAccountId, seen }: TakeInDisputeInput,
): Promise<Result<string, TakeInDisputeError>> {
  const { ref: disputeRef, paymentRef } = seen
  const attemptId = await attemptOfRefs(ctx, { gatewayAccountId, paymentRef, attemptId: null, checkoutRef: null })
  const attempt = attemptId ? await lockAttempt(ctx, attemptId) : undefined
  if (attempt?.paymentId) await lockWalletOfPayment(ctx, attempt.paymentId)
  const payment = attempt?.paymentId ? await lockPayment(ctx, attempt.paymentId) : undefined
  if (!attemptId || !payment) return err('payment-not-found')
  if (seen.amount.currency !== payment.amount.currency) return err('other-currency')
  if (seen.amount.minor <= 0n) return err('amount-not-positive')

  const known = await lockDispute(ctx, { gatewayAccountId, disputeRef })
  const dispute = known ?? (await open(ctx, { payment, attemptId, gatewayAccountId, seen }))
  const isMoved = await advance(ctx, { dispute, payment, seen })
  if (isMoved || !known) await tell(ctx, dispute, disputeAfter(dispute.state, seen.state))
  return ok(dispute.id)
}

type Opening = { readonly payment: Payment; readonly attemptId: string; readonly gatewayAccountId: string; readonly seen: GatewayDispute }

/** The payer's bank holds the money: of the payment what was kept, and what was given back before is lost until it is won. */
async function open(ctx: TenantContext, { payment, attemptId, gatewayAccountId, seen }: Opening): Promise<DisputeRow> {
  const { ref: disputeRef, amount, reason, respondBy } = seen
  const { id: paymentId, accountId } = payment
  const returned = lesser(subtract(payment.amount, payment.refunded), amount)
  const id = await insertDispute(ctx, {
    accountId,
    gatewayAccountId,
    attemptId,
    paymentId,
    disputeRef,
    reason,
    amount,
    returned,
    respondBy,
  })
  if (returned.minor > 0n) {
    const taken = await returnPayment(ctx, { paymentId, amount: returned, reason: disputeRef, sourceKey: `dispute:${id}` })
    invariant(taken.ok, `dispute ${disputeRef}: ${taken.ok ? '' : taken.error}`)
  }
  const lost = subtract(amount, returned)
  if (lost.minor > 0n) {
    const postings = postingsOfDisputeLoss({ at: heldAtOf(payment.heldAt), amount: lost })
    await postEntry(ctx, { sourceKey: `dispute-loss:${id}`, kind: 'dispute-loss', accountId, invoiceId: null, postings })
  }
  const dispute = await lockDispute(ctx, { gatewayAccountId, disputeRef })
  invariant(dispute, `dispute ${disputeRef} was not kept`)
  return dispute
}

type Seen = { readonly dispute: DisputeRow; readonly payment: Payment; readonly seen: GatewayDispute }

async function advance(ctx: TenantContext, { dispute, payment, seen }: Seen): Promise<boolean> {
  const state = disputeAfter(dispute.state, seen.state)
  // An older state than the one that is known tells nothing new, of the fee neither.
  if (state !== seen.state) return false
  const fee = seen.fee ?? zero(dispute.fee.currency)
  const feeSteps = await bookFee(ctx, { dispute, payment, fee })
  const { id, reason } = dispute
  const respondBy = seen.respondBy ?? dispute.respondBy
  const isMoved = state !== dispute.state
  if (isMoved || feeSteps !== dispute.feeSteps || respondBy?.getTime() !== dispute.respondBy?.getTime())
    await moveDispute(ctx, { id, state, reason, respondBy, feeMinor: fee.minor, feeSteps })
  if (isMoved && state === 'won') await giveBack(ctx, dispute)
  return isMoved
}

/** Books by how much the gateway's fee changed. Returns how often it did. */
async function bookFee(ctx: TenantContext, { dispute, payment, fee }: Omit<Seen, 'seen'> & { fee: DisputeRow['fee'] }): Promise<number> {
  const change = subtract(fee, dispute.fee)
  if (change.minor === 0n) return dispute.feeSteps
  const step = dispute.feeSteps + 1
  const postings = postingsOfGatewayFee({ at: heldAtOf(payment.heldAt), amount: change })
  await postEntry(ctx, { sourceKey: `dispute-fee:${dispute.id}:${step}`, kind: 'gateway-fee', accountId: null, invoiceId: null, postings })
  return step
}

/** All of it is here again, and settles what it settled as far as that is open still. */
async function giveBack(ctx: TenantContext, { id, paymentId, disputeRef, accountId }: DisputeRow): Promise<void> {
  const late = await lateSharesOf(ctx, { id, paymentId })
  for (const sourceKey of [`dispute:${id}`, ...late]) {
    await putBack(ctx, { sourceKey, reason: disputeRef })
    await reverseLoss(ctx, { bookedAs: sourceKey.replace('dispute:', 'dispute-loss:'), accountId, reason: disputeRef })
  }
  for (const { invoiceId, amountMinor } of await allocationsTakenFor(ctx, { paymentId, reason: disputeRef })) {
    const payment = await lockPayment(ctx, paymentId)
    invariant(payment, `dispute ${disputeRef} has no payment`)
    const { currency } = payment.amount
    const document = (await openDocuments(ctx, accountId, currency)).find((each) => each.id === invoiceId)
    const amount = document ? lesser(lesser(money(amountMinor, currency), unappliedOf(payment)), document.open) : zero(currency)
    if (amount.minor > 0n) await allocatePayment(ctx, { paymentId, invoiceId, amount })
  }
  const payment = await lockPayment(ctx, paymentId)
  if (payment) await restoreTopUp(ctx, { paymentId, amount: unappliedOf(payment), reason: disputeRef })
}

async function tell(ctx: TenantContext, { id, paymentId, disputeRef, amount }: DisputeRow, state: DisputeRow['state']): Promise<void> {
  const detail = { disputeId: id, disputeRef, state, amountMinor: amount.minor.toString(), currency: amount.currency }
  const action = isDecided(state) ? `dispute.${state}` : 'dispute.opened'
  await audit(ctx, { action, subjectKind: 'payment', subjectId: paymentId, detail })
  await enqueue(ctx, { name: 'dispute/changed', data: { tenantId: ctx.tenantId, disputeId: id }, key: `dispute:${id}:${state}` })
}
