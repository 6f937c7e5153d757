import type { Money } from '#app/domain/money/money.ts'
import { money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/** What a payment that is announced is for. */
export type ExpectedPurpose = 'settlement' | 'top-up' | 'order'

/** A large payment that a buyer announces. */
export type NewExpectedPayment = {
  readonly id: string
  readonly accountId: string
  /** By which it is found again. */
  readonly reference: string
  readonly amount: Money
  readonly dueOn: LocalDate
  /** Whether it settles documents, fills the balance or pays for the order of its id. */
  readonly purpose: ExpectedPurpose
}

/** Saves an announcement; a repeat of the same id changes nothing. */
export async function insertExpectedPayment(ctx: TenantContext, expected: NewExpectedPayment): Promise<void> {
  await ctx.db.$executeRaw`
    insert into expected_payments (tenant_id, id, account_id, reference, currency, amount_minor, due_on, purpose, state, announced_by, created_at)
    values (${ctx.tenantId}::uuid, ${expected.id}::uuid, ${expected.accountId}::uuid, ${expected.reference}, ${expected.amount.currency},
      ${expected.amount.minor}, ${expected.dueOn}::date, ${expected.purpose}, 'awaited', ${actorName(ctx.actor)}, ${ctx.now})
    on conflict do nothing`
}

/** Notes what became of an announcement that is awaited; false when it is not awaited any more, or not there. */
export async function closeExpectedPayment(
  ctx: TenantContext,
  id: string,
  outcome: { readonly state: 'withdrawn' } | { readonly state: 'received'; readonly paymentId: string },
): Promise<boolean> {
  const paymentId = outcome.state === 'received' ? outcome.paymentId : null
  const changed = await ctx.db.$executeRaw`
    update expected_payments set state = ${outcome.state}, payment_id = ${paymentId}::uuid, closed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'awaited'`
  return changed === 1
}

/** Whose announcement it is, and over how much; undefined when the scope holds none of that id. */
export async function readExpectedPayment(
  ctx: TenantContext,
  id: string,
): Promise<{ accountId: string; amount: Money; purpose: ExpectedPurpose } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ accountId: string; currency: string; amountMinor: bigint; purpose: ExpectedPurpose }[]>`
    select account_id as "accountId", currency, amount_minor as "amountMinor", purpose from expected_payments
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row && { accountId: row.accountId, amount: money(row.amountMinor, row.currency), purpose: row.purpose }
}
