import {
  accountsAround,
  accountsOfBatch,
  holdsOfBudgets,
  type NewAlert,
  openAlerts,
  type Standing,
  saveStandings,
  spendOf,
} from '#app/db/charges/budget-standings.server.ts'
import { settleBudgetStops } from '#app/db/charges/budget-stops.server.ts'
import { type Budget, listBudgets } from '#app/db/charges/budgets.server.ts'
import { sumPlaces } from '#app/db/charges/place-spend.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { forecastOf, type HardStop, isUsedUp, reachedSteps, type Spend, spanAt, spentOf } from '#app/domain/budget/budget.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { tellAlert } from './tell-alert.server.ts'

/** Whose budgets are looked at: of the accounts a batch of usage concerns, of one account and those around it, of all. */
export type Around = { readonly batchId: string } | { readonly accountId: string } | 'all'

const actor = systemActor('budgets')

/**
 * Counts what the budgets have spent so far, tells of the steps they reached, and holds back or frees the accounts whose budgets say so.
 * One statement counts all of them. Safe to repeat: a step is told once in a period for one amount. Returns how many steps were told.
 */
export async function refreshBudgets(tenantId: string, around: Around): Promise<number> {
  const told = await inTenant(tenantId, (ctx) => count(ctx, around), { actor })
  await settleHolds(tenantId)
  await settleStops(tenantId)
  return told
}

async function count(ctx: TenantContext, around: Around): Promise<number> {
  const budgets = await listBudgets(ctx, await accountsOf(ctx, around))
  if (budgets.length === 0) return 0
  const tenant = await ownTenant(ctx)
  invariant(tenant, `refreshBudgets: no tenant ${ctx.tenantId}`)
  const spans = new Map(budgets.map(({ id, span }) => [id, spanAt(span, ctx.now, tenant.timeZone)]))
  const spanOf = (id: string) => spans.get(id) ?? { start: ctx.now, end: null }
  const spend = await spendOfAll(
    ctx,
    budgets.map((budget) => ({ ...budget, currency: budget.amount.currency, ...spanOf(budget.id) })),
  )
  const standings = budgets.map((budget) => standingOf(budget, { span: spanOf(budget.id), spend: spend.get(budget.id), now: ctx.now }))
  await saveStandings(ctx, standings)
  const alerts = standings.flatMap((standing, place) => alertsOf(budgets[place], standing))
  if (alerts.length === 0) return 0
  const opened = await openAlerts(ctx, alerts)
  for (const alert of opened) {
    const budget = budgets.find(({ id }) => id === alert.budgetId)
    const standing = standings.find(({ budgetId }) => budgetId === alert.budgetId)
    if (budget && standing) await tellAlert(ctx, { ...alert, budget, standing })
  }
  return opened.length
}

type Question = Pick<Budget, 'id' | 'accountId' | 'scope'> & { readonly currency: string; readonly start: Date; readonly end: Date | null }

/** What each budget has spent: of the whole account, or of what belongs to its project or label. */
async function spendOfAll(ctx: TenantContext, questions: readonly Question[]): Promise<Map<string, Spend>> {
  const places = questions.flatMap(({ scope, ...question }) => {
    if (scope.kind === 'account') return []
    return [
      scope.kind === 'project' ? { ...question, projectId: scope.projectId, tag: null } : { ...question, projectId: null, tag: scope.tag },
    ]
  })
  const accounts = questions.filter(({ scope }) => scope.kind === 'account')
  return new Map([...(await spendOf(ctx, accounts)), ...(await sumPlaces(ctx, places))])
}

function accountsOf(ctx: TenantContext, around: Around): Promise<string[]> | null {
  if (around === 'all') return null
  return 'batchId' in around ? accountsOfBatch(ctx, around.batchId) : accountsAround(ctx, around.accountId)
}

type Counted = { readonly span: { start: Date; end: Date | null }; readonly spend: Spend | undefined; readonly now: Date }

function standingOf({ id, accountId, amount }: Budget, { span, spend, now }: Counted): Standing {
  const { currency } = amount
  invariant(spend, `refreshBudgets: budget ${id} was not counted`)
  const { start, end } = span
  const forecast = end && now >= start ? forecastOf(spend, { span: { start, end }, now, currency }).minor : null
  const spentMinor = spentOf(spend, currency).minor
  return { budgetId: id, accountId, periodStart: start, amountMinor: amount.minor, spentMinor, forecastMinor: forecast }
}

function alertsOf(budget: Budget | undefined, standing: Standing): NewAlert[] {
  if (!budget) return []
  const { currency } = budget.amount
  const forecast: Money | null = standing.forecastMinor === null ? null : money(standing.forecastMinor, currency)
  return reachedSteps(budget, money(standing.spentMinor, currency), forecast).map((step) => ({ ...standing, step }))
}

/** Stops and frees the servers of projects and labels whose budgets say so; nothing else of the account is touched. */
async function settleStops(tenantId: string): Promise<void> {
  await inTenant(
    tenantId,
    async (ctx) => {
      const changed = await settleBudgetStops(ctx)
      await enqueue(ctx, ...changed.map((resourceId) => ({ name: 'server/suspension.changed' as const, data: { tenantId, resourceId } })))
    },
    { actor },
  )
}

type Wanted = { readonly accountId: string; readonly key: string; readonly effect: Exclude<HardStop, 'none'> | null }

type StoppingRow = Pick<Wanted, 'accountId' | 'key'> & {
  readonly effect: HardStop
  readonly amountMinor: bigint
  readonly spentMinor: bigint
  readonly currency: string
}

/** Brings the holds of the tenant's budgets to what the standings say; each in a transaction of its own, the account's row first. */
async function settleHolds(tenantId: string): Promise<void> {
  for (const { accountId, key, effect } of await inTenant(tenantId, wantedHolds, { actor })) {
    await inTenant(
      tenantId,
      async (ctx) =>
        effect ? placeHold(ctx, { accountId, source: 'budget', effect, reason: 'budget', key }) : liftHold(ctx, { accountId, key }),
      { actor },
    )
  }
}

async function wantedHolds(ctx: TenantContext): Promise<Wanted[]> {
  const rows = await ctx.db.$queryRaw<StoppingRow[]>`
    select b.account_id as "accountId", 'budget:' || b.id as key, b.hard_stop as effect, b.amount_minor as "amountMinor",
      s.spent_minor as "spentMinor", b.currency
    from budgets b join budget_standings s on s.tenant_id = b.tenant_id and s.budget_id = b.id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.state = 'active' and b.hard_stop <> 'none' and b.project_id is null and b.tag_key is null
    order by b.account_id, b.id limit 10000`
  const wanted = rows.filter(({ amountMinor, spentMinor, currency }) => isUsedUp(money(amountMinor, currency), money(spentMinor, currency)))
  const standing = await holdsOfBudgets(ctx)
  return [
    ...standing
      .filter(({ key }) => !wanted.some((hold) => hold.key === key))
      .map(({ accountId, key }) => ({ accountId, key, effect: null })),
    ...wanted.flatMap(({ accountId, key, effect }) =>
      effect === 'none' || standing.some((hold) => hold.key === key && hold.effect === effect) ? [] : [{ accountId, key, effect }],
    ),
  ]
}
