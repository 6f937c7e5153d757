import type { TenantContext } from '#app/db/context.server.ts'
import type { GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import { lockAttempt, type PaymentAttempt, saveAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { customerRefOf } from '#app/db/payments/payment-methods.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { zero } from '#app/domain/money/money.ts'
import { afterSeen } from '#app/domain/payment-attempt/attempt-state.ts'
import type { AttemptPurpose, AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { nextDeadline } from '#app/domain/payment-attempt/deadline.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type GatewayPage, GatewayRefused, type ReturnAddresses } from '#app/ports/payment-gateway.ts'
import { askGateway, failureOf, type GatewayProcess } from './gateway-ports.server.ts'
import { type OpenAttemptError, openAttempt } from './open-attempt.server.ts'
import { closeAttempt, noAnswerOf } from './settle-attempt.server.ts'
import { failAttempt } from './take-in-payment.server.ts'

export type StartCheckoutInput = {
  readonly accountId: string
  readonly purpose: AttemptPurpose
  readonly targets: readonly AttemptTarget[]
  /** The sum of the targets. */
  readonly amount: Money
  /** The first that takes such an amount unless said. */
  readonly gatewayAccountId?: string
  /** The payer agrees that its way to pay is kept. */
  readonly saves: boolean
  /** The path of the page that shows what came of it; `:attemptId` in it is replaced. */
  readonly returnPath: string
  /** A verified host of the seller that the payer is on; the first of the seller unless said. */
  readonly host?: string
  readonly language?: string
  readonly actor: Actor
}
export type StartedCheckout = { readonly attemptId: string; readonly url: string }

/**
 * Sends a payer to the gateway's page. The attempt is committed before the gateway is asked; a second click or tab finds the same page,
 * and another wish for the same ends the page that is open.
 */
export async function startCheckout(
  process: GatewayProcess,
  input: StartCheckoutInput,
): Promise<Result<StartedCheckout, OpenAttemptError>> {
  const { actor, host: _, language: __, ...wish } = input
  const opened = await openAttempt({ ...process, actor }, { ...wish, kind: 'checkout', paymentMethodId: null, key: null })
  return opened.ok ? openPage(process, { ...opened.value, input }) : opened
}

export type StartSetupInput = Pick<StartCheckoutInput, 'accountId' | 'gatewayAccountId' | 'returnPath' | 'host' | 'language' | 'actor'> & {
  readonly currency: string
}

/** Sends a payer to the gateway's page that saves a way to pay and charges nothing. */
export async function startSetup(process: GatewayProcess, input: StartSetupInput): Promise<Result<StartedCheckout, OpenAttemptError>> {
  const { actor, host: _, language: __, currency, ...wish } = input
  const amount = zero(currency)
  const targets = [{ kind: 'method', id: input.accountId, amount }] as const
  const facts = { kind: 'setup', purpose: 'method', targets, amount, saves: true, paymentMethodId: null, key: null } as const
  const opened = await openAttempt({ ...process, actor }, { ...wish, ...facts })
  return opened.ok ? openPage(process, { ...opened.value, input }) : opened
}

type PageWish = {
  readonly attempt: PaymentAttempt
  readonly account: GatewayAccountRow
  readonly isNew: boolean
  readonly input: Pick<StartCheckoutInput, 'host' | 'language'>
}

async function openPage(process: GatewayProcess, wish: PageWish): Promise<Result<StartedCheckout, OpenAttemptError>> {
  const { attempt, account, isNew } = wish
  const { id: attemptId, redirectUrl } = attempt
  if (redirectUrl) return ok({ attemptId, url: redirectUrl })
  const request = await process.inTenant((ctx) => pageRequest(ctx, wish))
  const addresses = returnAddresses(process, { attempt, host: request.host })
  try {
    const page = await askGateway(process, { account, attemptId }, (gateway) =>
      attempt.kind === 'setup'
        ? gateway.openSetup({ ...request.payer, returnTo: addresses, currency: attempt.amount.currency })
        : gateway.openCheckout({
            ...request.payer,
            returnTo: addresses,
            amount: attempt.amount,
            description: request.description,
            saves: attempt.saves,
            captures: 'now',
          }),
    )
    await process.inTenant((ctx) => notePage(ctx, attemptId, page))
    return ok({ attemptId, url: page.url })
  } catch (failure) {
    return noPage(process, { attemptId, isNew, failure })
  }
}

/** Without an answer the attempt stays and is asked about. Another page of the same attempt, in other words, is ended first. */
async function noPage(
  process: GatewayProcess,
  { attemptId, isNew, failure }: { attemptId: string; isNew: boolean; failure: unknown },
): Promise<Result<never, OpenAttemptError>> {
  const problem = noAnswerOf(failure)
  if (failure instanceof GatewayRefused && isNew) await process.inTenant((ctx) => failAttempt(ctx, attemptId, failureOf(failure)))
  else if (failure instanceof GatewayRefused) await closeAttempt(process, attemptId)
  else await process.inTenant((ctx) => noteUnknown(ctx, attemptId))
  return err(problem)
}

type PageRequest = {
  readonly host: string
  readonly description: string
  readonly payer: {
    readonly attemptId: string
    readonly language: string
    readonly customer: { readonly accountId: string; readonly ref: string | null; readonly name: string; readonly email: string }
  }
}

async function pageRequest(ctx: TenantContext, { attempt, input }: PageWish): Promise<PageRequest> {
  const { id: attemptId, accountId, gatewayAccountId } = attempt
  const [tenant, account, host] = [await ownTenant(ctx), await findAccount(ctx, accountId), input.host ?? (await primaryHost(ctx))]
  invariant(tenant && account && host, `attempt ${attemptId} has no payer, or its seller no store domain`)
  const ref = await customerRefOf(ctx, { accountId, gatewayAccountId })
  return {
    host,
    description: await describeAttempt(ctx, attempt, tenant.legalName),
    payer: {
      attemptId,
      language: input.language ?? account.language,
      customer: { accountId, ref, name: account.name, email: account.email },
    },
  }
}

/** The seller and what is paid, by its numbers: one line for the payer and its bank. */
export async function describeAttempt(ctx: TenantContext, { id }: Pick<PaymentAttempt, 'id'>, seller: string): Promise<string> {
  const rows = await ctx.db.$queryRaw<{ number: string }[]>`
    select i.number from payment_attempt_targets t join invoices i on i.tenant_id = t.tenant_id and i.id = t.target_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.attempt_id = ${id}::uuid and t.kind = 'invoice' order by i.number limit 20`
  return [seller, ...rows.map(({ number }) => number)].join(' ').slice(0, 200)
}

/** Where the gateway sends the payer back to: the page of the attempt. */
export function returnAddresses(
  { ports }: GatewayProcess,
  { attempt, host }: { readonly attempt: PaymentAttempt; readonly host: string },
): ReturnAddresses {
  const path = (attempt.returnPath ?? '/panel/pay/:attemptId').replace(':attemptId', attempt.id)
  const at = (from: string) => ports.storeAddress(host, `${path}${path.includes('?') ? '&' : '?'}from=${from}`)
  return { done: at('gateway'), cancelled: at('cancelled') }
}

async function notePage(ctx: TenantContext, attemptId: string, { ref, url }: GatewayPage): Promise<void> {
  const attempt = await lockAttempt(ctx, attemptId)
  invariant(attempt, `attempt ${attemptId} is not there`)
  const state = afterSeen(attempt.state, 'pending')
  const deadlineAt = nextDeadline({ ...attempt, state }, ctx.now)
  await saveAttempt(ctx, { attempt, state, checkoutRef: ref, redirectUrl: url, deadlineAt })
}

/** Notes that an attempt was handed over and nothing came back. */
export async function noteUnknown(ctx: TenantContext, attemptId: string): Promise<void> {
  const attempt = await lockAttempt(ctx, attemptId)
  invariant(attempt, `attempt ${attemptId} is not there`)
  const state = afterSeen(attempt.state, 'unknown')
  await saveAttempt(ctx, { attempt, state, deadlineAt: nextDeadline({ ...attempt, state: 'unknown' }, ctx.now) })
}
