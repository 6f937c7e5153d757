import type { AlertStep, Spend } from '#app/domain/budget/budget.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import { monthlyFeesToCome, type SpendRow, spendById, spendRows } from './spend-sums.server.ts'

/** The accounts whose usage is in a batch, and the enterprises above them. */
export async function accountsOfBatch(ctx: TenantContext, batchId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    with touched as (
      select distinct account_id as id from usage_records where tenant_id = ${ctx.tenantId}::uuid and batch_id = ${batchId}::uuid)
    select id from touched
    union select a.parent_account_id from accounts a join touched t on t.id = a.id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.parent_account_id is not null`
  return rows.map(({ id }) => id)
}

/** An account and its departments, with the whole above it where it is a department. */
export async function accountsAround(ctx: TenantContext, accountId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select a.id from accounts a where a.tenant_id = ${ctx.tenantId}::uuid and (a.id = ${accountId}::uuid or a.parent_account_id = ${accountId}::uuid)
    union select a.parent_account_id from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid and a.parent_account_id is not null`
  return rows.map(({ id }) => id)
}

/** What is asked of the charges: the spend of an account and its departments in a span. No end: all that is to come. */
export type SpendQuestion = {
  readonly id: string
  readonly accountId: string
  readonly start: Date
  readonly end: Date | null
  readonly currency: string
}

/**
 * What was charged for the service of each span, invoiced or not, net and unrounded; all of it in one statement. Recurring fees to come
 * are those of at most a month that a running subscription had in the month before a span and has not had in it; none without an end.
 */
export async function spendOf(ctx: TenantContext, questions: readonly SpendQuestion[]): Promise<Map<string, Spend>> {
  const text = (pick: (question: SpendQuestion) => string | null) => sqlArray(questions, pick)
  const rows = await ctx.db.$queryRaw<SpendRow[]>`
    with asked as (
      select * from unnest(${text(({ id }) => id)}::uuid[], ${text(({ accountId }) => accountId)}::uuid[],
        ${text(({ start }) => start.toISOString())}::timestamptz[], ${text(({ end }) => end?.toISOString() ?? null)}::timestamptz[],
        ${text(({ currency }) => currency)}::text[]) as q (id, account_id, starts_at, ends_at, currency)
    ), members as (
      select q.*, m.id as member_id from asked q cross join lateral (
        select q.account_id as id union all
        select d.id from accounts d where d.tenant_id = ${ctx.tenantId}::uuid and d.parent_account_id = q.account_id) m
    ), charged as (
      select m.id, sum(c.amount) filter (where c.fee_kind = 'usage') as usage, sum(c.amount) filter (where c.fee_kind <> 'usage') as fees
      from members m join charges c on c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = m.member_id and c.currency = m.currency
        and c.period_start >= m.starts_at and (m.ends_at is null or c.period_start < m.ends_at)
      group by m.id
    ), coming as (
      select q.id, sum(before.amount) as fees
      from members q join subscriptions s on s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = q.member_id and s.state = 'active'
        and (s.ends_at is null or s.ends_at > ${ctx.now})
      ${monthlyFeesToCome}
      group by q.id
    )
    ${spendRows}`
  return spendById(rows)
}

export type Standing = {
  readonly budgetId: string
  readonly accountId: string
  readonly periodStart: Date
  readonly amountMinor: bigint
  readonly spentMinor: bigint
  readonly forecastMinor: bigint | null
}

/** Keeps how budgets stand now in place of how they stood. */
export async function saveStandings(ctx: TenantContext, standings: readonly Standing[]): Promise<void> {
  const text = (pick: (standing: Standing) => string | null) => sqlArray(standings, pick)
  await ctx.db.$executeRaw`
    insert into budget_standings (tenant_id, refreshed_at, budget_id, account_id, period_start, spent_minor, forecast_minor)
    select ${ctx.tenantId}::uuid, ${ctx.now}, s.*
    from unnest(${text(({ budgetId }) => budgetId)}::uuid[], ${text(({ accountId }) => accountId)}::uuid[],
      ${text(({ periodStart }) => periodStart.toISOString())}::timestamptz[], ${text(({ spentMinor }) => spentMinor.toString())}::bigint[],
      ${text(({ forecastMinor }) => forecastMinor?.toString() ?? null)}::bigint[]) as s
    order by 3
    on conflict (tenant_id, budget_id) do update set period_start = excluded.period_start, spent_minor = excluded.spent_minor,
      forecast_minor = excluded.forecast_minor, refreshed_at = excluded.refreshed_at`
}

export type NewAlert = Standing & { readonly step: AlertStep }
export type OpenedAlert = { readonly id: string; readonly budgetId: string; readonly step: AlertStep }

/** Notes steps that were reached; returns those that nobody was told of in this period at this amount. */
export async function openAlerts(ctx: TenantContext, alerts: readonly NewAlert[]): Promise<OpenedAlert[]> {
  const text = (pick: (alert: NewAlert) => string | null) => sqlArray(alerts, pick)
  return ctx.db.$queryRaw<OpenedAlert[]>`
    insert into budget_alerts (tenant_id, at, id, budget_id, account_id, period_start, amount_minor, step, spent_minor, forecast_minor)
    select ${ctx.tenantId}::uuid, ${ctx.now}, a.*
    from unnest(${text(() => newId())}::uuid[], ${text(({ budgetId }) => budgetId)}::uuid[], ${text(({ accountId }) => accountId)}::uuid[],
      ${text(({ periodStart }) => periodStart.toISOString())}::timestamptz[], ${text(({ amountMinor }) => amountMinor.toString())}::bigint[],
      ${text(({ step }) => step)}::text[], ${text(({ spentMinor }) => spentMinor.toString())}::bigint[],
      ${text(({ forecastMinor }) => forecastMinor?.toString() ?? null)}::bigint[]) as a
    on conflict (tenant_id, budget_id, period_start, amount_minor, step) do nothing
    returning id, budget_id as "budgetId", step`
}

/** Budgets, by the accounts they hold back now. */
export async function holdsOfBudgets(ctx: TenantContext): Promise<{ accountId: string; key: string; effect: string }[]> {
  return ctx.db.accountHold.findMany({
    where: { tenantId: ctx.tenantId, source: 'budget', liftedAt: null },
    select: { accountId: true, key: true, effect: true },
    orderBy: { accountId: 'asc' },
    take: 10_000,
  })
}
