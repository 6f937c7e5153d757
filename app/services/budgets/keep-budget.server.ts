import { audit } from '#app/db/audit.server.ts'
import {
  type Budget,
  type BudgetChange,
  endBudgets,
  insertBudget,
  lockBudget,
  type NewBudget,
  sharesOf,
  updateBudget,
} from '#app/db/charges/budgets.server.ts'
import { lockProject } from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { fitsShare } from '#app/domain/budget/budget.ts'
import { type Money, sum } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type KeepBudgetError =
  | 'budget-not-found'
  | 'account-not-found'
  | 'wrong-currency'
  | 'more-than-parent'
  | 'less-than-shares'
  | 'project-not-found'
  | 'stop-not-for-label'

/**
 * Sets a budget for an account or one of its departments; as a share of another it counts the same span. It stands at once, a job counts
 * what was spent. Runs in a buyer's scope: what it does not see it cannot name. Returns the budget's id.
 */
export async function addBudget(ctx: TenantContext, budget: NewBudget): Promise<Result<string, KeepBudgetError>> {
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: budget.accountId } },
    select: { parentAccountId: true, status: true },
  })
  if (!account || account.status === 'closed') return err('account-not-found')
  if ((await currencyOf(ctx, budget.accountId, account.parentAccountId)) !== budget.amount.currency) return err('wrong-currency')
  const refused = await whyNotScoped(ctx, budget)
  if (refused) return err(refused)
  const parent = budget.parentId ? await lockBudget(ctx, budget.parentId) : null
  if (budget.parentId && (!parent || parent.accountId !== account.parentAccountId)) return err('budget-not-found')
  const fits = parent ? await fitsParent(ctx, parent, budget.amount) : ok(null)
  if (!fits.ok) return fits

  const id = await insertBudget(ctx, parent ? { ...budget, span: parent.span } : budget)
  await told(ctx, 'budget.added', { id, ...budget })
  return ok(id)
}

/** Why a budget cannot count what it names; a project is one of the account itself. Orders have no labels, so none are refused for one. */
async function whyNotScoped(ctx: TenantContext, { scope, accountId, hardStop }: NewBudget): Promise<KeepBudgetError | null> {
  if (scope?.kind === 'tag') return hardStop === 'block-orders' ? 'stop-not-for-label' : null
  if (scope?.kind !== 'project') return null
  const project = await lockProject(ctx, scope.projectId)
  return project?.accountId === accountId && project.state === 'active' ? null : 'project-not-found'
}

/** Changes a budget. A share stays within its parent, and a budget that is shared out does not fall below its shares, unless that is allowed. */
export async function changeBudget(ctx: TenantContext, id: string, change: BudgetChange): Promise<Result<null, KeepBudgetError>> {
  const parentId = (await ctx.db.budget.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: { parentId: true } }))
    ?.parentId
  // Parents before shares, so that two changes of one family wait for each other in one order.
  const parent = parentId ? await lockBudget(ctx, parentId) : null
  const budget = await lockBudget(ctx, id)
  if (!budget) return err('budget-not-found')
  if (budget.amount.currency !== change.amount.currency) return err('wrong-currency')
  if (budget.scope.kind === 'tag' && change.hardStop === 'block-orders') return err('stop-not-for-label')
  const fits = parent ? await fitsParent(ctx, parent, change.amount, id) : ok(null)
  if (!fits.ok) return fits
  const shares = await sharesOf(ctx, id)
  const shared = sum(
    change.amount.currency,
    shares.map(({ amount }) => amount),
  )
  if (shared.minor > change.amount.minor && !change.allowsOver) return err('less-than-shares')

  await updateBudget(ctx, id, change)
  await told(ctx, 'budget.changed', { ...budget, ...change })
  return ok(null)
}

/** Ends a budget with its shares; what it held back goes on by a job. Safe to repeat. */
export async function endBudget(ctx: TenantContext, id: string): Promise<Result<null, 'budget-not-found'>> {
  const budget = await lockBudget(ctx, id)
  if (!budget) return err('budget-not-found')
  await endBudgets(ctx, id)
  await told(ctx, 'budget.ended', budget)
  return ok(null)
}

async function fitsParent(ctx: TenantContext, parent: Budget, amount: Money, except?: string): Promise<Result<Money, KeepBudgetError>> {
  if (parent.amount.currency !== amount.currency) return err('wrong-currency')
  const others = (await sharesOf(ctx, parent.id)).filter(({ id }) => id !== except)
  return fitsShare(
    parent,
    others.map((share) => share.amount),
    amount,
  )
}

/** The currency an account is charged in: by its own contract, or as a department by its enterprise's. */
async function currencyOf(ctx: TenantContext, accountId: string, parentAccountId: string | null): Promise<string | undefined> {
  const contracts = await ctx.db.contract.findMany({
    where: { tenantId: ctx.tenantId, accountId: { in: parentAccountId ? [accountId, parentAccountId] : [accountId] } },
    select: { accountId: true, currency: true },
    take: 2,
  })
  return (contracts.find((contract) => contract.accountId === accountId) ?? contracts[0])?.currency
}

async function told(
  ctx: TenantContext,
  action: string,
  { id, accountId, amount, hardStop }: Pick<Budget, 'id' | 'accountId' | 'amount' | 'hardStop'>,
) {
  await enqueue(ctx, { name: 'budget/changed', data: { tenantId: ctx.tenantId, accountId } })
  const detail = { accountId, amountMinor: amount.minor.toString(), currency: amount.currency, hardStop }
  await audit(ctx, { action, subjectKind: 'budget', subjectId: id, detail })
}
