import { findGatewayAccount, type GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import { dueAttempts, lockAttempt, type PaymentAttempt, readAttempt, saveAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { findPaymentMethod } from '#app/db/payments/payment-methods.server.ts'
import { isPageOver, nextDeadline } from '#app/domain/payment-attempt/deadline.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type GatewayPayment, GatewayRefused, GatewayUnknown, type PaymentGateway } from '#app/ports/payment-gateway.ts'
import { askGateway, type GatewayProcess } from './gateway-ports.server.ts'
import { type SettledAttempt, takeInPayment } from './take-in-payment.server.ts'

/** No answer of the gateway tells where the attempt stands: it is asked again later. */
export type NoAnswer = 'gateway-unknown' | 'gateway-refused'
export type SettleAttemptError = NoAnswer | 'attempt-not-found'

/**
 * Asks the gateway where an attempt stands now and takes that in: records its money once, settles what it was for, and says so by event.
 * Safe to repeat, at any time and by several at once. Without an answer nothing is guessed; the attempt is asked about again later.
 */
export async function settleAttempt(process: GatewayProcess, attemptId: string): Promise<Result<SettledAttempt, SettleAttemptError>> {
  return askAbout(process, attemptId, (gateway, query) => gateway.readPayment(query))
}

/** Ends the page of an attempt that nobody finished, then takes in where it stands. A payment that was made meanwhile counts. */
export async function closeAttempt(process: GatewayProcess, attemptId: string): Promise<Result<SettledAttempt, SettleAttemptError>> {
  return askAbout(process, attemptId, (gateway, query) => gateway.closePage(query))
}

/** Open attempts that have waited for their outcome long enough; at most 100. */
export function listDueAttempts(process: GatewayProcess): Promise<string[]> {
  return process.inTenant(dueAttempts)
}

/** What is done about an open attempt that waits for too long: its page is closed, or its gateway asked. */
export async function reconcileAttempt(process: GatewayProcess, attemptId: string): Promise<Result<SettledAttempt, SettleAttemptError>> {
  const found = await process.inTenant(async (ctx) => ({ attempt: await readAttempt(ctx, attemptId), now: ctx.now }))
  if (!found.attempt) return err('attempt-not-found')
  return isPageOver(found.attempt, found.now) ? closeAttempt(process, attemptId) : settleAttempt(process, attemptId)
}

type Query = Parameters<PaymentGateway['readPayment']>[0]
type Ask = (gateway: PaymentGateway, query: Query) => Promise<GatewayPayment | null>

async function askAbout(process: GatewayProcess, attemptId: string, ask: Ask): Promise<Result<SettledAttempt, SettleAttemptError>> {
  const known = await readWithAccount(process, attemptId)
  if (!known) return err('attempt-not-found')
  const { attempt, account, chargedCustomerRef } = known
  if (attempt.state === 'captured') return ok({ attemptId, state: 'captured', problem: null })
  const query = { attemptId, ref: attempt.paymentRef, checkoutRef: attempt.checkoutRef, chargedCustomerRef }
  try {
    const seen = await askGateway(process, { account, attemptId }, (gateway) => ask(gateway, query))
    return ok(await process.inTenant((ctx) => takeInPayment(ctx, attemptId, seen)))
  } catch (failure) {
    const problem = noAnswerOf(failure)
    await askLater(process, attemptId)
    return err(problem)
  }
}

type Known = { readonly attempt: PaymentAttempt; readonly account: GatewayAccountRow; readonly chargedCustomerRef: string | undefined }

function readWithAccount(process: GatewayProcess, attemptId: string): Promise<Known | null> {
  return process.inTenant(async (ctx) => {
    const attempt = await readAttempt(ctx, attemptId)
    if (!attempt) return null
    const account = await findGatewayAccount(ctx, attempt.gatewayAccountId)
    invariant(account, `attempt ${attemptId} has no gateway account`)
    const method = attempt.kind === 'off-session' && attempt.paymentMethodId ? await findPaymentMethod(ctx, attempt.paymentMethodId) : null
    return { attempt, account, chargedCustomerRef: method?.customerRef }
  })
}

/** Which kind of no answer a failure is. @throws it again when it is neither. */
export function noAnswerOf(failure: unknown): NoAnswer {
  if (failure instanceof GatewayUnknown) return 'gateway-unknown'
  if (failure instanceof GatewayRefused) return 'gateway-refused'
  throw failure
}

/** Leaves an attempt as it is and asks about it later. */
async function askLater(process: GatewayProcess, attemptId: string): Promise<void> {
  await process.inTenant(async (ctx) => {
    const attempt = await lockAttempt(ctx, attemptId)
    if (attempt && !attempt.finishedAt)
      await saveAttempt(ctx, { attempt, state: attempt.state, deadlineAt: nextDeadline({ ...attempt, state: 'unknown' }, ctx.now) })
  })
}
