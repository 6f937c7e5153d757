import { v7 } from 'uuid'
import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { insertAttempt, readAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { zero } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { GatewayDispute, GatewayRefund } from '#app/ports/payment-gateway.ts'
import { takeInDispute } from '#app/services/disputes/take-in-dispute.server.ts'
import { takeInPayment } from '#app/services/gateways/take-in-payment.server.ts'
import { takeInRefund } from '#app/services/refunds/take-in-refund.server.ts'
import { asOffice, builtAt } from './builders.ts'
import { eur } from './payments.ts'

/** A payment that a gateway took. */
export type Captured = {
  readonly tenantId: string
  readonly gatewayAccountId: string
  readonly attemptId: string
  readonly paymentId: string
  readonly paymentRef: string
}

/** An account with the gateway of the demo. */
export async function buildGatewayAccount(tenantId: string): Promise<string> {
  const id = v7()
  const secret = { ciphertext: new Uint8Array([1]), keyId: 'key' }
  const account = { gateway: 'sandbox', name: 'Sandbox', mode: 'test', externalId: id, settings: {} } as const
  await asOffice(tenantId, (ctx) => insertGatewayAccount(ctx, { id, ...account, secret }))
  return id
}

/** `minor` cents of a card, which settle `invoiceId` as far as it is open. */
export async function capture(
  tenantId: string,
  facts: { readonly accountId: string; readonly gatewayAccountId: string; readonly minor: bigint; readonly invoiceId?: string },
): Promise<Captured> {
  const { gatewayAccountId, minor, invoiceId } = facts
  const amount = eur(minor)
  const targets = invoiceId ? [{ kind: 'invoice' as const, id: invoiceId, amount }] : []
  const wish = { accountId: facts.accountId, gatewayAccountId, paymentMethodId: null, saves: false, returnPath: null }
  const attempt = { ...wish, key: null, kind: 'checkout', purpose: 'invoices', amount, targets, deadlineAt: builtAt } as const
  const attemptId = await asOffice(tenantId, (ctx) => insertAttempt(ctx, attempt))
  const paymentRef = `pay_${attemptId}`
  const seen = { ref: paymentRef, checkoutRef: null, attemptId, state: 'captured', amount, captured: amount, refunded: eur(0n) } as const
  const rest = { failure: null, actionUrl: null, savedMethod: null, fee: null }
  await asOffice(tenantId, (ctx) => takeInPayment(ctx, attemptId, { ...seen, ...rest }))
  const paymentId = (await asOffice(tenantId, (ctx) => readAttempt(ctx, attemptId)))?.paymentId
  invariant(paymentId, 'the capture brought no payment')
  return { tenantId, gatewayAccountId, attemptId, paymentId, paymentRef }
}

/** What of an attempt is counted as given back, in cents. */
export async function refundedOf({ tenantId, attemptId }: Captured): Promise<bigint> {
  const attempt = await asOffice(tenantId, ({ db }) => db.paymentAttempt.findFirstOrThrow({ where: { id: attemptId } }))
  return attempt.refundedMinor
}

/** The gateway tells of a refund of `minor` cents. */
export function tellRefund(
  { tenantId, attemptId }: Captured,
  seen: { readonly ref: string; readonly refundId?: string; readonly state: GatewayRefund['state']; readonly minor: bigint },
): Promise<void> {
  const { ref, refundId = '', state, minor } = seen
  return asOffice(tenantId, (ctx) => takeInRefund(ctx, attemptId, { ref, refundId, state, amount: eur(minor) }))
}

/** The gateway tells of a dispute over `minor` cents, for which it keeps `fee`. */
export function tellDispute(
  { tenantId, gatewayAccountId, paymentRef }: Captured,
  seen: { readonly state: GatewayDispute['state']; readonly minor: bigint; readonly fee?: bigint; readonly ref?: string },
) {
  const { ref = 'dp_1', state, minor, fee } = seen
  const dispute = { ref, paymentRef, amount: eur(minor), reason: 'fraudulent', state, respondBy: null, fee: fee ? eur(fee) : zero('EUR') }
  return asOffice(tenantId, (ctx) => takeInDispute(ctx, { gatewayAccountId, seen: dispute }))
}
