import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { lockAttempt, notePayment, type PaymentAttempt, saveAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { keepPaymentMethod } from '#app/db/payments/payment-methods.server.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import { nextDeadline } from '#app/domain/payment-attempt/deadline.ts'
import { type ObservationProblem, problemOf, takeIn } from '#app/domain/payment-attempt/observation.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { DeclineCode, GatewayPayment } from '#app/ports/payment-gateway.ts'
import { observationOf } from './observe-payment.ts'
import { postCapture } from './post-capture.server.ts'

/** Where an attempt stands; `problem` when what the gateway says is not about what was asked of it, and is not believed. */
export type SettledAttempt = { readonly attemptId: string; readonly state: AttemptState; readonly problem: ObservationProblem | null }

/**
 * Takes in what a gateway says of an attempt now: its state, once only its money, and what it saved. Seen again, or an older state after
 * a newer one, it changes nothing. What does not fit the attempt is noted on it and posts nothing.
 */
export async function takeInPayment(ctx: TenantContext, attemptId: string, seen: GatewayPayment | null): Promise<SettledAttempt> {
  const attempt = await lockAttempt(ctx, attemptId)
  invariant(attempt, `takeInPayment: attempt ${attemptId} is not there`)
  const observation = observationOf(attempt, seen, ctx.now)
  const problem = problemOf(attempt, observation)
  if (problem) {
    await flag(ctx, attempt, problem)
    return { attemptId, state: attempt.state, problem }
  }
  const { state, captured } = takeIn(attempt, observation)
  await note(ctx, { attempt, learnt: { ...attempt, state, captured, paymentRef: seen?.ref ?? attempt.paymentRef }, seen })
  return { attemptId, state, problem: null }
}

type Learnt = { readonly attempt: PaymentAttempt; readonly learnt: PaymentAttempt; readonly seen: GatewayPayment | null }

async function note(ctx: TenantContext, { attempt, learnt, seen }: Learnt): Promise<void> {
  const { state, captured, paymentRef } = learnt
  const isNew = state !== attempt.state
  const failureCode = state === 'failed' ? (attempt.failureCode ?? seen?.failure ?? 'try-again-later') : null
  await saveAttempt(ctx, {
    attempt,
    state,
    captured,
    failureCode,
    paymentRef,
    deadlineAt: nextDeadline(learnt, ctx.now),
    checkoutRef: seen?.checkoutRef ?? attempt.checkoutRef,
    redirectUrl: seen?.actionUrl ?? attempt.redirectUrl,
    paymentMethodId: attempt.paymentMethodId ?? (await keep(ctx, attempt, seen)),
  })
  if (isNew && state === 'captured') await capture(ctx, learnt)
  if (isNew && failureCode) await tellFailed(ctx, attempt, failureCode)
}

/** Keeps what a payer agreed to have kept. */
async function keep(ctx: TenantContext, { accountId, gatewayAccountId, saves }: PaymentAttempt, seen: GatewayPayment | null) {
  return saves && seen?.savedMethod ? keepPaymentMethod(ctx, { accountId, gatewayAccountId, method: seen.savedMethod }) : null
}

async function flag(ctx: TenantContext, attempt: PaymentAttempt, problem: ObservationProblem): Promise<void> {
  await saveAttempt(ctx, { attempt, state: attempt.state, failureCode: problem, deadlineAt: nextDeadline(attempt, ctx.now) })
  if (attempt.failureCode === problem) return
  await audit(ctx, { action: 'payment-attempt.refused', subjectKind: 'payment-attempt', subjectId: attempt.id, detail: { problem } })
}

async function capture(ctx: TenantContext, attempt: PaymentAttempt): Promise<void> {
  const { id: attemptId, accountId, purpose, captured, gatewayAccountId } = attempt
  const account = await findGatewayAccount(ctx, gatewayAccountId)
  invariant(account, `attempt ${attemptId} has no gateway account`)
  if (captured.minor > 0n) await notePayment(ctx, attemptId, await postCapture(ctx, { attempt, gateway: account.gateway }))
  await audit(ctx, {
    action: 'payment-attempt.captured',
    subjectKind: 'payment-attempt',
    subjectId: attemptId,
    detail: { accountId, gateway: account.gateway, amountMinor: captured.minor.toString(), currency: captured.currency },
  })
  await enqueue(ctx, {
    name: 'payment-attempt/captured',
    data: { tenantId: ctx.tenantId, attemptId, accountId, purpose },
    key: `payment-attempt-captured:${attemptId}`,
  })
}

/** Ends an attempt that its gateway refused for good; one that is over stays as it is. */
export async function failAttempt(ctx: TenantContext, attemptId: string, code: DeclineCode): Promise<void> {
  const attempt = await lockAttempt(ctx, attemptId)
  if (!attempt || attempt.finishedAt) return
  await saveAttempt(ctx, { attempt, state: 'failed', failureCode: code, deadlineAt: nextDeadline(attempt, ctx.now) })
  await tellFailed(ctx, attempt, code)
}

async function tellFailed(ctx: TenantContext, { id: attemptId, accountId, purpose }: PaymentAttempt, code: string): Promise<void> {
  await audit(ctx, { action: 'payment-attempt.failed', subjectKind: 'payment-attempt', subjectId: attemptId, detail: { accountId, code } })
  await enqueue(ctx, {
    name: 'payment-attempt/failed',
    data: { tenantId: ctx.tenantId, attemptId, accountId, purpose, code },
    key: `payment-attempt-failed:${attemptId}`,
  })
}
