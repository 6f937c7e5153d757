import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  addRefunded,
  attemptOfPayment,
  type GatewayRefundRow,
  insertGatewayRefund,
  lockGatewayRefund,
  moveGatewayRefund,
  readGatewayRefund,
} from '#app/db/payments/gateway-refunds.server.ts'
import { lockAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type RefundPaymentError, refundPayment } from '../payments/refund-payment.server.ts'
import { type CreditPaidError, creditWhatWasPaid } from './credit-what-was-paid.server.ts'

export type RequestRefundInput = {
  /** The idempotency key, here and at the gateway: one form is one refund. */
  readonly refundId: string
  readonly paymentId: string
  readonly amount: Money
  readonly reason: string
  /** The document that is credited by it; null gives back what of the payment is unapplied. */
  readonly invoiceId: string | null
}
export type BookRefundError = 'more-than-captured' | CreditPaidError | RefundPaymentError
export type RequestRefundError = 'not-through-gateway' | BookRefundError

/**
 * Gives money back to where it came from, through the gateway that took it: what it settles is freed, the books follow, and the gateway is
 * asked once this is committed. Above the seller's limit it waits for a second person, and nothing is booked yet. A repeat changes nothing.
 */
export async function requestRefund(ctx: TenantContext, input: RequestRefundInput): Promise<Result<GatewayRefundRow, RequestRefundError>> {
  const known = await readGatewayRefund(ctx, input.refundId)
  if (known) return ok(known)
  const attemptId = await attemptOfPayment(ctx, input.paymentId)
  const attempt = attemptId && (await lockAttempt(ctx, attemptId))
  if (!attempt) return err('not-through-gateway')
  if (input.amount.currency !== attempt.captured.currency) return err('other-currency')
  if (input.amount.minor <= 0n) return err('amount-not-positive')

  const { refundId: id, ...wish } = input
  const state = (await needsSecondPerson(ctx, input.amount)) ? 'waiting' : 'created'
  const common = { accountId: attempt.accountId, gatewayAccountId: attempt.gatewayAccountId, attemptId: attempt.id }
  const isNew = await insertGatewayRefund(ctx, { id, ...wish, ...common, source: 'staff', state, refundRef: null })
  const refund = await lockGatewayRefund(ctx, id)
  if (!refund) return err('payment-not-found')
  if (!isNew) return ok(refund)
  await note(ctx, 'refund.requested', refund)
  if (state === 'waiting') return ok(refund)
  const booked = await bookRefund(ctx, refund)
  return booked.ok ? ok(refund) : booked
}

async function needsSecondPerson(ctx: TenantContext, { currency, minor }: Money): Promise<boolean> {
  const limit = (await readPaymentSettings(ctx)).refundApprovalAbove[currency]
  return limit !== undefined && minor > limit
}

async function bookRefund(ctx: TenantContext, refund: GatewayRefundRow): Promise<Result<void, BookRefundError>> {
  const { id, attemptId, paymentId, invoiceId, amount, reason } = refund
  if (!(await addRefunded(ctx, { attemptId, minor: amount.minor }))) return err('more-than-captured')
  const freed = invoiceId ? await creditWhatWasPaid(ctx, { paymentId, invoiceId, amount, reason }) : ok(undefined)
  if (!freed.ok) return freed
  const booked = await refundPayment(ctx, { paymentId, amount, reason, sourceKey: `gateway-refund:${id}` })
  if (!booked.ok) return booked
  await enqueue(ctx, { name: 'gateway-refund/let-go', data: { tenantId: ctx.tenantId, refundId: id }, key: `gateway-refund:${id}` })
  return ok(undefined)
}

export type DecideRefundError = 'refund-not-found' | 'refund-decided' | 'second-person-needed' | BookRefundError

/** Lets a refund go that waits for a second person: not by who asked for it. Of two who decide one is refused. */
export async function approveRefund(
  ctx: TenantContext,
  { refundId }: { readonly refundId: string },
): Promise<Result<void, DecideRefundError>> {
  const found = await readGatewayRefund(ctx, refundId)
  if (!found) return err('refund-not-found')
  await lockAttempt(ctx, found.attemptId)
  const refund = await lockGatewayRefund(ctx, refundId)
  if (refund?.state !== 'waiting') return err('refund-decided')
  if (refund.requestedBy === actorName(ctx.actor)) return err('second-person-needed')
  await moveGatewayRefund(ctx, { id: refundId, state: 'created', approvedBy: actorName(ctx.actor) })
  await note(ctx, 'refund.approved', refund)
  return bookRefund(ctx, refund)
}

/** Withdraws a refund that waits: nothing was booked, nothing is. Who asked for it may do so, too. */
export async function withdrawRefund(
  ctx: TenantContext,
  { refundId }: { readonly refundId: string },
): Promise<Result<void, 'refund-not-found' | 'refund-decided'>> {
  const refund = await lockGatewayRefund(ctx, refundId)
  if (!refund) return err('refund-not-found')
  if (refund.state !== 'waiting') return err('refund-decided')
  await moveGatewayRefund(ctx, { id: refundId, state: 'refused' })
  await note(ctx, 'refund.withdrawn', refund)
  return ok(undefined)
}

function note(ctx: TenantContext, action: string, { id, paymentId, amount, reason }: GatewayRefundRow): Promise<void> {
  const detail = { refundId: id, amountMinor: amount.minor.toString(), currency: amount.currency, reason }
  return audit(ctx, { action, subjectKind: 'payment', subjectId: paymentId, detail })
}
