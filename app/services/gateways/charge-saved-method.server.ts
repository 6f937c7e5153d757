import type { TenantContext } from '#app/db/context.server.ts'
import type { GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import type { PaymentAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { findPaymentMethod, listPaymentMethods, type PaymentMethodRow } from '#app/db/payments/payment-methods.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import type { AttemptPurpose, AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { GatewayRefused } from '#app/ports/payment-gateway.ts'
import { askGateway, failureOf, type GatewayProcess } from './gateway-ports.server.ts'
import { type OpenAttemptError, openAttempt } from './open-attempt.server.ts'
import { noAnswerOf, settleAttempt } from './settle-attempt.server.ts'
import { describeAttempt, noteUnknown, returnAddresses } from './start-checkout.server.ts'
import { failAttempt, takeInPayment } from './take-in-payment.server.ts'

export type ChargeSavedMethodInput = {
  readonly accountId: string
  readonly purpose: AttemptPurpose
  readonly targets: readonly AttemptTarget[]
  /** The sum of the targets. */
  readonly amount: Money
  /** The account's default unless said. */
  readonly paymentMethodId?: string
  /** Where the payer comes back to when its bank wants it; `:attemptId` is replaced. The panel's page unless said. */
  readonly returnPath?: string
  readonly host?: string
  readonly actor: Actor
  /** The deed behind it, such as one form or one day of a schedule: the same key charges once, however often it is asked for. */
  readonly key: string
}
export type ChargedAttempt = { readonly attemptId: string; readonly state: AttemptState }
export type ChargeSavedMethodError = OpenAttemptError | 'no-payment-method'

/**
 * Charges a saved way to pay, without the payer. The attempt is committed before the gateway is asked; the same key, or a second attempt
 * while one is open, finds the first. A decline is an outcome; without an answer the state is `unknown` until the gateway tells.
 */
export async function chargeSavedMethod(
  process: GatewayProcess,
  input: ChargeSavedMethodInput,
): Promise<Result<ChargedAttempt, ChargeSavedMethodError>> {
  const { accountId, purpose, targets, amount, actor, key } = input
  const method = await process.inTenant((ctx) => methodOf(ctx, input))
  if (!method) return err('no-payment-method')
  const opened = await openAttempt(
    { ...process, actor },
    {
      accountId,
      purpose,
      targets,
      amount,
      kind: 'off-session',
      saves: false,
      key: `${accountId}/${key}`,
      gatewayAccountId: method.gatewayAccountId,
      paymentMethodId: method.id,
      returnPath: input.returnPath ?? '/panel/pay/:attemptId',
    },
  )
  if (!opened.ok) return opened
  const { attempt, account, isNew } = opened.value
  if (!isNew && attempt.state !== 'unknown') return ok({ attemptId: attempt.id, state: attempt.state })
  if (!isNew) return settleAttempt(process, attempt.id)
  return ok({ attemptId: attempt.id, state: await charge(process, { attempt, account, method, host: input.host }) })
}

async function methodOf(ctx: TenantContext, { accountId, paymentMethodId }: ChargeSavedMethodInput): Promise<PaymentMethodRow | undefined> {
  if (!paymentMethodId) return (await listPaymentMethods(ctx, accountId)).find(({ isDefault }) => isDefault)
  const method = await findPaymentMethod(ctx, paymentMethodId)
  return method?.accountId === accountId ? method : undefined
}

type Charge = {
  readonly attempt: PaymentAttempt
  readonly account: GatewayAccountRow
  readonly method: PaymentMethodRow
  readonly host: string | undefined
}

async function charge(process: GatewayProcess, { attempt, account, method, host: asked }: Charge): Promise<AttemptState> {
  const { id: attemptId, amount } = attempt
  const { host, description } = await process.inTenant(async (ctx) => {
    const [tenant, primary] = [await ownTenant(ctx), asked ?? (await primaryHost(ctx))]
    invariant(tenant && primary, `tenant ${ctx.tenantId} has no store domain`)
    return { host: primary, description: await describeAttempt(ctx, attempt, tenant.legalName) }
  })
  const { customerRef, methodRef } = method
  const request = { attemptId, amount, customerRef, methodRef, description, captures: 'now' as const }
  try {
    const seen = await askGateway(process, { account, attemptId }, (gateway) =>
      gateway.chargeSaved({ ...request, returnTo: returnAddresses(process, { attempt, host }) }),
    )
    return (await process.inTenant((ctx) => takeInPayment(ctx, attemptId, seen))).state
  } catch (failure) {
    noAnswerOf(failure)
    if (failure instanceof GatewayRefused) await process.inTenant((ctx) => failAttempt(ctx, attemptId, failureOf(failure)))
    else await process.inTenant((ctx) => noteUnknown(ctx, attemptId))
    return failure instanceof GatewayRefused ? 'failed' : 'unknown'
  }
}
