import { findGatewayAccount, type GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import {
  dueRefunds,
  type GatewayRefundRow,
  lockGatewayRefund,
  moveGatewayRefund,
  readGatewayRefund,
} from '#app/db/payments/gateway-refunds.server.ts'
import { readAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { isUnderWay, type RefundState } from '#app/domain/refund/refund-state.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type GatewayRefund, GatewayRefused, GatewayUnknown, type PaymentGateway } from '#app/ports/payment-gateway.ts'
import { askGateway, type GatewayProcess } from '../gateways/gateway-ports.server.ts'
import { takeInRefund, takeInRefusal } from './take-in-refund.server.ts'

type Sent = { readonly refund: GatewayRefundRow; readonly account: GatewayAccountRow; readonly paymentRef: string }

/**
 * Sends a refund to its gateway, or asks what became of one that was sent. Its id is the key, so that a repeat finds the first outcome; an
 * outcome that nobody tells is `unknown` and asked for again, never guessed. Returns where the refund stands.
 */
export async function sendRefund(process: GatewayProcess, refundId: string): Promise<RefundState | null> {
  const sent = await process.inTenant(async (ctx): Promise<Sent | null> => {
    const refund = await readGatewayRefund(ctx, refundId)
    if (!refund || !isUnderWay(refund.state)) return null
    const account = await findGatewayAccount(ctx, refund.gatewayAccountId)
    const attempt = await readAttempt(ctx, refund.attemptId)
    invariant(account && attempt?.paymentRef, `refund ${refundId} has no payment at a gateway`)
    return { refund, account, paymentRef: attempt.paymentRef }
  })
  if (sent) await send(process, sent)
  return process.inTenant(async (ctx) => (await readGatewayRefund(ctx, refundId))?.state ?? null)
}

async function send(process: GatewayProcess, { refund, account, paymentRef }: Sent): Promise<void> {
  const { id, attemptId } = refund
  try {
    const seen = await askGateway(process, { account, attemptId }, (gateway) => outcomeOf(gateway, refund, paymentRef))
    if (seen) await process.inTenant((ctx) => takeInRefund(ctx, attemptId, seen))
  } catch (failure) {
    if (failure instanceof GatewayRefused) await process.inTenant((ctx) => takeInRefusal(ctx, id, failure.code))
    else if (failure instanceof GatewayUnknown) await process.inTenant((ctx) => noteUnknown(ctx, id))
    else throw failure
  }
}

async function outcomeOf(
  gateway: PaymentGateway,
  { id: refundId, state, amount }: GatewayRefundRow,
  paymentRef: string,
): Promise<GatewayRefund | null> {
  if (state === 'created') return gateway.refund({ refundId, paymentRef, amount })
  const seen = await gateway.readRefund({ refundId, paymentRef })
  return seen === null && state === 'unknown' ? gateway.refund({ refundId, paymentRef, amount }) : seen
}

async function noteUnknown(ctx: Parameters<typeof lockGatewayRefund>[0], id: string): Promise<void> {
  const refund = await lockGatewayRefund(ctx, id)
  if (refund && isUnderWay(refund.state)) await moveGatewayRefund(ctx, { id, state: refund.state === 'created' ? 'unknown' : refund.state })
}

const quietMinutes = 10

/** Asks what became of every refund under way that nothing was heard of for ten minutes. Returns how many were asked about. */
export async function reconcileRefunds(process: GatewayProcess): Promise<number> {
  const due = await process.inTenant((ctx) => dueRefunds(ctx, new Date(ctx.now.getTime() - quietMinutes * 60_000)))
  for (const refundId of due) await sendRefund(process, refundId)
  return due.length
}

/** Takes in every refund of an attempt as its gateway lists them, those made there by hand among them. */
export async function readRefundsOf(process: GatewayProcess, attemptId: string): Promise<void> {
  const known = await process.inTenant(async (ctx) => {
    const attempt = await readAttempt(ctx, attemptId)
    const account = attempt && (await findGatewayAccount(ctx, attempt.gatewayAccountId))
    return attempt?.paymentRef && account ? { account, paymentRef: attempt.paymentRef } : null
  })
  if (!known) return
  const { account, paymentRef } = known
  const listed = await askGateway(process, { account, attemptId }, (gateway) => gateway.listRefunds(paymentRef))
  for (const seen of listed) await process.inTenant((ctx) => takeInRefund(ctx, attemptId, seen))
}
