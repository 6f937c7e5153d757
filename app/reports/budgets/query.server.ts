import { accountsAround } from '#app/db/charges/budget-standings.server.ts'
import { type Budget, listBudgets } from '#app/db/charges/budgets.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type AlertStep, percentSpent } from '#app/domain/budget/budget.ts'
import { NoticeFacts } from '#app/domain/budget/notice.ts'
import { money } from '#app/domain/money/money.ts'
import { tagText } from '#app/domain/project/tags.ts'
import type { BudgetAccount, ChoosableScope, ShownAlert, ShownBudget, ShownNotice } from './shape.ts'

/** The budgets that count, each followed by its shares; of `accountIds`, of all the scope sees without. */
export async function readBudgets(ctx: TenantContext, accountIds: readonly string[] | null = null): Promise<ShownBudget[]> {
  const budgets = await listBudgets(ctx, accountIds)
  const ids = budgets.map(({ id }) => id)
  const standings = await ctx.db.budgetStanding.findMany({ where: { tenantId: ctx.tenantId, budgetId: { in: ids } }, take: ids.length + 1 })
  const accounts = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [...new Set(budgets.map(({ accountId }) => accountId))] } },
    select: { id: true, name: true },
    take: ids.length + 1,
  })
  const projects = await projectNames(ctx, budgets)
  const shown = budgets.map((budget): ShownBudget => {
    const standing = standings.find(({ budgetId }) => budgetId === budget.id)
    const { currency } = budget.amount
    const spent = standing ? money(standing.spentMinor, currency) : null
    const forecast = standing?.forecastMinor == null ? null : money(standing.forecastMinor, currency)
    const accountName = accounts.find(({ id }) => id === budget.accountId)?.name ?? ''
    const percent = spent ? percentSpent(budget.amount, spent) : 0
    const { scope } = budget
    const scopeName = scope.kind === 'tag' ? tagText(scope.tag) : scope.kind === 'project' ? (projects.get(scope.projectId) ?? '') : null
    return { ...budget, accountName, scopeName, spent, forecast, percent, refreshedAt: standing?.refreshedAt ?? null }
  })
  const tops = shown.filter(({ parentId }) => parentId === null || !ids.includes(parentId))
  return tops.flatMap((top) => [top, ...shown.filter(({ parentId }) => parentId === top.id)])
}

async function projectNames(ctx: TenantContext, budgets: readonly Budget[]): Promise<Map<string, string>> {
  const ids = budgets.flatMap(({ scope }) => (scope.kind === 'project' ? [scope.projectId] : []))
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, id: { in: ids } },
    select: { id: true, name: true },
    take: ids.length,
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The budget of a whole account for each month that it set first; null without one. */
export async function readMonthBudget(ctx: TenantContext, accountId: string): Promise<ShownBudget | null> {
  return (await readBudgets(ctx, [accountId])).find(({ span, scope }) => span.period === 'month' && scope.kind === 'account') ?? null
}

/** The budgets of an account and its departments; null when the scope holds no such account. */
export async function readAccountBudgets(ctx: TenantContext, accountId: string): Promise<{ name: string; budgets: ShownBudget[] } | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } }, select: { name: true } })
  return account && { name: account.name, budgets: await readBudgets(ctx, await accountsAround(ctx, accountId)) }
}

/** The steps that budgets reached, the newest first; of one budget, or of all the scope sees. */
export async function readAlerts(ctx: TenantContext, budgetId: string | null = null): Promise<ShownAlert[]> {
  const rows = await ctx.db.budgetAlert.findMany({
    where: { tenantId: ctx.tenantId, ...(budgetId ? { budgetId } : {}) },
    select: {
      id: true,
      budgetId: true,
      step: true,
      amountMinor: true,
      spentMinor: true,
      at: true,
      budget: { select: { name: true, currency: true } },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  return rows.map(({ amountMinor, spentMinor, step, budget: { name, currency }, ...row }) => ({
    ...row,
    step: step as AlertStep,
    budget: name,
    amount: money(amountMinor, currency),
    spent: money(spentMinor, currency),
  }))
}

/** The accounts of the scope with what they are charged in, the whole before its departments. */
export async function readBudgetAccounts(ctx: TenantContext): Promise<BudgetAccount[]> {
  return ctx.db.$queryRaw<BudgetAccount[]>`
    select a.id, a.name, c.currency, a.parent_account_id is not null as "isDepartment"
    from accounts a join lateral (
      select own.currency from contracts own where own.tenant_id = a.tenant_id and own.account_id in (a.id, a.parent_account_id)
      order by own.account_id = a.id desc limit 1) c on true
    where a.tenant_id = ${ctx.tenantId}::uuid and a.status <> 'closed' order by a.parent_account_id is not null, a.name, a.id limit 500`
}

/** Projects in use, and labels that something carries now, for which a budget may be set. */
export async function readBudgetScopes(ctx: TenantContext): Promise<ChoosableScope[]> {
  const projects = await ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, state: 'active' },
    select: { id: true, name: true, accountId: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const tags = await ctx.db.resourceTag.findMany({
    where: { tenantId: ctx.tenantId, endsAt: null },
    select: { key: true, value: true },
    distinct: ['key', 'value'],
    orderBy: [{ key: 'asc' }, { value: 'asc' }],
    take: 500,
  })
  return [
    ...projects.map(({ id, name, accountId }) => ({
      value: `project:${id}`,
      name,
      accountId,
      scope: { kind: 'project' as const, projectId: id },
    })),
    ...tags.map((tag) => ({ value: `tag:${tagText(tag)}`, name: tagText(tag), accountId: null, scope: { kind: 'tag' as const, tag } })),
  ]
}

/** What the accounts of the scope were told in their panel, the newest first. */
export async function readNotices(ctx: TenantContext): Promise<ShownNotice[]> {
  const rows = await ctx.db.notice.findMany({
    where: { tenantId: ctx.tenantId, isShown: true },
    select: { id: true, at: true, code: true, facts: true, account: { select: { name: true } } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  return rows.map(({ id, at, code, facts, account }) => ({
    id,
    at,
    accountName: account.name,
    notice: NoticeFacts.parse({ code, ...(facts as Record<string, unknown>) }),
  }))
}
