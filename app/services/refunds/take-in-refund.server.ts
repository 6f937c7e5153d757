import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { undecidedDisputes } from '#app/db/payments/disputes.server.ts'
import {
  addRefunded,
  type GatewayRefundRow,
  insertGatewayRefund,
  lockGatewayRefund,
  moveGatewayRefund,
  readGatewayRefund,
  refundOfRef,
} from '#app/db/payments/gateway-refunds.server.ts'
import { lockAttempt, type PaymentAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { lockPayment } from '#app/db/payments/payments.server.ts'
import { lockWalletOfPayment } from '#app/db/payments/wallets.server.ts'
import { postingsOfDisputeLoss } from '#app/domain/ledger/rules.ts'
import { subtract } from '#app/domain/money/money.ts'
import { heldAtOf, lesser, type Payment } from '#app/domain/payment/payment.ts'
import { isBooked, type RefundState, refundAfter } from '#app/domain/refund/refund-state.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { GatewayRefund } from '#app/ports/payment-gateway.ts'
import { reverseLoss } from '../disputes/reverse-loss.server.ts'
import { takeLateMoney } from '../disputes/take-late-money.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { putBack } from '../payments/put-back.server.ts'
import { returnPayment } from '../payments/refund-payment.server.ts'

/**
 * Takes in what a gateway says of a refund of an attempt now. One that nobody here asked for was made by hand at the gateway: it is booked
 * once. Seen again, or an older state after a newer one, it changes nothing.
 */
export async function takeInRefund(ctx: TenantContext, attemptId: string, seen: GatewayRefund): Promise<void> {
  const attempt = await lockAttempt(ctx, attemptId)
  invariant(attempt, `takeInRefund: attempt ${attemptId} is not there`)
  const refundId = await refundOfRef(ctx, { attemptId, refundRef: seen.ref, refundId: seen.refundId })
  const refund = refundId && (await lockGatewayRefund(ctx, refundId))
  if (refund) await advance(ctx, refund, seen)
  else if (seen.state !== 'failed') await bookForeign(ctx, attempt, seen)
}

async function advance(ctx: TenantContext, refund: GatewayRefundRow, seen: GatewayRefund): Promise<void> {
  const { id, amount } = refund
  if (seen.amount.minor !== amount.minor || seen.amount.currency !== amount.currency) return flag(ctx, refund, 'other-amount')
  const state = refundAfter(refund.state, seen.state)
  if (state === refund.state && refund.refundRef === seen.ref) return
  await moveGatewayRefund(ctx, { id, state, refundRef: seen.ref })
  if (state === 'failed') await failed(ctx, refund, 'failed')
  else if (state !== refund.state) await note(ctx, refund, state)
}

/** Notes that a gateway refuses a refund for good: the money is here again. */
export async function takeInRefusal(ctx: TenantContext, refundId: string, code: string): Promise<void> {
  const found = await readGatewayRefund(ctx, refundId)
  await lockAttempt(ctx, found?.attemptId ?? refundId)
  const refund = await lockGatewayRefund(ctx, refundId)
  if (!refund || !isBooked(refund.state) || refund.state === 'done') return
  await moveGatewayRefund(ctx, { id: refundId, state: 'failed', failureCode: code })
  await failed(ctx, refund, code)
}

async function failed(ctx: TenantContext, refund: GatewayRefundRow, code: string): Promise<void> {
  const isFreed = await addRefunded(ctx, { attemptId: refund.attemptId, minor: -refund.amount.minor })
  invariant(isFreed, `refund ${refund.id} failed and was never counted`)
  const { id: refundId, paymentId, accountId } = refund
  await putBack(ctx, { sourceKey: `gateway-refund:${refundId}`, reason: code })
  await reverseLoss(ctx, { bookedAs: `refund-loss:${refundId}`, accountId, reason: code })
  await takeLateMoney(ctx, { paymentId, refundId })
  await note(ctx, refund, 'failed')
}

async function flag(ctx: TenantContext, refund: GatewayRefundRow, failureCode: string): Promise<void> {
  if (refund.failureCode === failureCode) return
  await moveGatewayRefund(ctx, { id: refund.id, state: refund.state, failureCode })
  await audit(ctx, { action: 'refund.not-believed', subjectKind: 'payment', subjectId: refund.paymentId, detail: { refundId: refund.id } })
}

/**
 * A refund made at the gateway by hand. While a dispute has frozen the same money it waits: the dispute's end decides whether it took what
 * was there or was given back twice, which is lost.
 */
async function bookForeign(ctx: TenantContext, attempt: PaymentAttempt, seen: GatewayRefund): Promise<void> {
  if (!attempt.paymentId) return
  await lockWalletOfPayment(ctx, attempt.paymentId)
  const payment = await lockPayment(ctx, attempt.paymentId)
  if (!payment) return
  const kept = subtract(payment.amount, payment.refunded)
  if (kept.minor < seen.amount.minor && (await undecidedDisputes(ctx, payment.id)) > 0) return
  const id = newId()
  const { accountId, gatewayAccountId } = attempt
  const isCounted = await addRefunded(ctx, { attemptId: attempt.id, minor: seen.amount.minor })
  if (!isCounted) {
    await audit(ctx, { action: 'refund.not-believed', subjectKind: 'payment', subjectId: payment.id, detail: { refundRef: seen.ref } })
    return
  }
  const facts = { accountId, gatewayAccountId, attemptId: attempt.id, paymentId: payment.id, invoiceId: null, amount: seen.amount }
  await insertGatewayRefund(ctx, { ...facts, id, source: 'gateway', state: seen.state, reason: seen.ref, refundRef: seen.ref })
  await bookTwiceGiven(ctx, { payment, seen, id, kept })
  await audit(ctx, { action: 'refund.found', subjectKind: 'payment', subjectId: payment.id, detail: { refundId: id, refundRef: seen.ref } })
}

type Found = { readonly payment: Payment; readonly seen: GatewayRefund; readonly id: string; readonly kept: Payment['amount'] }

async function bookTwiceGiven(ctx: TenantContext, { payment, seen, id, kept }: Found): Promise<void> {
  const amount = lesser(kept, seen.amount)
  if (amount.minor > 0n) {
    const sourceKey = `gateway-refund:${id}`
    const returned = await returnPayment(ctx, { paymentId: payment.id, amount, kind: 'refund', reason: seen.ref, sourceKey })
    invariant(returned.ok, `refund ${seen.ref}: ${returned.ok ? '' : returned.error}`)
  }
  const lost = subtract(seen.amount, amount)
  if (lost.minor === 0n) return
  const postings = postingsOfDisputeLoss({ at: heldAtOf(payment.heldAt), amount: lost })
  const { accountId } = payment
  await postEntry(ctx, { sourceKey: `refund-loss:${id}`, kind: 'dispute-loss', accountId, invoiceId: null, postings })
}

function note(ctx: TenantContext, { id, paymentId, amount }: GatewayRefundRow, state: RefundState): Promise<void> {
  const detail = { refundId: id, state, amountMinor: amount.minor.toString(), currency: amount.currency }
  return audit(ctx, { action: 'refund.moved', subjectKind: 'payment', subjectId: paymentId, detail })
}
