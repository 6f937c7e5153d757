import { type BudgetScope, type BudgetSpan, type HardStop, wholeAccount } from '#app/domain/budget/budget.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type Budget = {
  readonly id: string
  readonly accountId: string
  readonly parentId: string | null
  readonly name: string
  readonly span: BudgetSpan
  readonly scope: BudgetScope
  readonly amount: Money
  readonly thresholds: readonly number[]
  readonly tellsForecast: boolean
  readonly allowsOver: boolean
  readonly hardStop: HardStop
}

/** Without a scope it counts the whole account. */
export type NewBudget = Omit<Budget, 'id' | 'scope'> & { readonly scope?: BudgetScope }
/** What may be changed of a budget; whose it is and what it counts stays. */
export type BudgetChange = Pick<Budget, 'name' | 'amount' | 'thresholds' | 'tellsForecast' | 'allowsOver' | 'hardStop'>

type Row = Omit<Budget, 'span' | 'scope' | 'amount'> & {
  readonly projectId: string | null
  readonly tagKey: string | null
  readonly tagValue: string | null
  readonly period: string
  readonly startsOn: LocalDate | null
  readonly endsOn: LocalDate | null
  readonly currency: string
  readonly amountMinor: bigint
}

const most = 5_000

/** The budgets that count, in order of account and age: of `accountIds`, of all the scope sees without. */
export async function listBudgets(ctx: TenantContext, accountIds: readonly string[] | null): Promise<Budget[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select id, account_id as "accountId", parent_id as "parentId", name, period, starts_on::text as "startsOn", ends_on::text as "endsOn",
      currency, amount_minor as "amountMinor", thresholds, tells_forecast as "tellsForecast", allows_over as "allowsOver",
      hard_stop as "hardStop", project_id as "projectId", tag_key as "tagKey", tag_value as "tagValue"
    from budgets
    where tenant_id = ${ctx.tenantId}::uuid and state = 'active'
      and (${accountIds === null} or account_id = any (${accountIds ?? []}::uuid[]))
    order by account_id, created_at, id limit ${most}`
  return rows.map(toBudget)
}

/** One budget that counts, held until the transaction ends; null when the scope holds no such one. */
export async function lockBudget(ctx: TenantContext, id: string): Promise<Budget | null> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select id, account_id as "accountId", parent_id as "parentId", name, period, starts_on::text as "startsOn", ends_on::text as "endsOn",
      currency, amount_minor as "amountMinor", thresholds, tells_forecast as "tellsForecast", allows_over as "allowsOver",
      hard_stop as "hardStop", project_id as "projectId", tag_key as "tagKey", tag_value as "tagValue"
    from budgets where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'active' for no key update`
  return row ? toBudget(row) : null
}

function toBudget({ period, startsOn, endsOn, currency, amountMinor, projectId, tagKey, tagValue, ...row }: Row): Budget {
  const span: BudgetSpan = period === 'total' && startsOn ? { period, startsOn, endsOn } : { period: 'month' }
  return { ...row, span, scope: scopeOf({ projectId, tagKey, tagValue }), amount: money(amountMinor, currency) }
}

function scopeOf({ projectId, tagKey, tagValue }: Pick<Row, 'projectId' | 'tagKey' | 'tagValue'>): BudgetScope {
  if (projectId) return { kind: 'project', projectId }
  return tagKey && tagValue ? { kind: 'tag', tag: { key: tagKey, value: tagValue } } : wholeAccount
}

/** The shares that count of a budget. */
export async function sharesOf(ctx: TenantContext, parentId: string): Promise<{ id: string; amount: Money }[]> {
  const rows = await ctx.db.budget.findMany({
    where: { tenantId: ctx.tenantId, parentId, state: 'active' },
    select: { id: true, amountMinor: true, currency: true },
    orderBy: { id: 'asc' },
    take: most,
  })
  return rows.map(({ id, amountMinor, currency }) => ({ id, amount: money(amountMinor, currency) }))
}

/** Saves a budget. Returns its id. */
export async function insertBudget(ctx: TenantContext, { span, scope, amount, thresholds, ...budget }: NewBudget): Promise<string> {
  const id = newId()
  const day = (date: LocalDate | null) => (date === null ? null : new Date(`${date}T00:00:00Z`))
  const days = span.period === 'total' ? { startsOn: day(span.startsOn), endsOn: day(span.endsOn) } : {}
  const made = { state: 'active', createdBy: actorName(ctx.actor), createdAt: ctx.now, changedAt: ctx.now }
  const counts = { period: span.period, ...days, currency: amount.currency, amountMinor: amount.minor, thresholds: [...thresholds] }
  const counted = scope?.kind === 'tag' ? { tagKey: scope.tag.key, tagValue: scope.tag.value } : {}
  const projectId = scope?.kind === 'project' ? scope.projectId : null
  await ctx.db.budget.createMany({ data: [{ tenantId: ctx.tenantId, id, projectId, ...counted, ...budget, ...counts, ...made }] })
  return id
}

/** Changes a budget that counts. */
export async function updateBudget(ctx: TenantContext, id: string, change: BudgetChange): Promise<void> {
  const { name, amount, thresholds, tellsForecast, allowsOver, hardStop } = change
  await ctx.db.budget.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { name, amountMinor: amount.minor, thresholds: [...thresholds], tellsForecast, allowsOver, hardStop, changedAt: ctx.now },
  })
}

/** Ends a budget and its shares: they count no more. */
export async function endBudgets(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.budget.updateMany({
    where: { tenantId: ctx.tenantId, OR: [{ id }, { parentId: id }] },
    data: { state: 'ended', changedAt: ctx.now },
  })
}
