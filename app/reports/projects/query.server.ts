import { joinProject, joinResource } from '#app/db/charges/charge-places.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { sql } from '#app/db/sql.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { sellerMonth } from '../seller-month.server.ts'
import type { OrderProject, ProjectRow, ResourcePlace } from './shape.ts'

type Row = Omit<ProjectRow, 'publicId' | 'costs'>
type Cost = { readonly projectId: string; readonly currency: string; readonly exact: string }

const most = 500

/** Projects with what they cost this month, those in use first; of one account, or of all the scope sees. */
export async function listProjects(ctx: TenantContext, { accountId }: { readonly accountId?: string } = {}): Promise<ProjectRow[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select p.id, p.name, p.account_id as "accountId", a.name as "accountName", p.state = 'archived' as "isArchived", (
        select count(*) from project_resources i join resources r on r.tenant_id = i.tenant_id and r.id = i.resource_id and r.state <> 'deleted'
        where i.tenant_id = p.tenant_id and i.project_id = p.id and i.ends_at is null)::int as resources
    from projects p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    where p.tenant_id = ${ctx.tenantId}::uuid ${accountId ? sql`and p.account_id = ${accountId}::uuid` : sql``}
    order by p.state, lower(p.name), p.id limit ${most}`
  if (rows.length === 0) return []
  const costs = await costsOf(ctx, accountId)
  return rows.map((row) => ({ ...row, publicId: toPublicId('project', row.id), costs: costs.get(row.id) ?? [] }))
}

async function costsOf(ctx: TenantContext, accountId: string | undefined): Promise<Map<string, Money[]>> {
  const { month } = await sellerMonth(ctx)
  const rows = await ctx.db.$queryRaw<Cost[]>`
    select placed.project_id as "projectId", c.currency, sum(c.amount)::text as exact
    from charges c ${joinResource} ${joinProject}
    where c.tenant_id = ${ctx.tenantId}::uuid and c.period_start >= ${month.start} and c.period_start < ${month.end}
      and placed.project_id is not null ${accountId ? sql`and c.account_id = ${accountId}::uuid` : sql``}
    group by 1, 2 order by 1, 2`
  const costs = new Map<string, Money[]>()
  for (const { projectId, currency, exact } of rows) {
    costs.set(projectId, [...(costs.get(projectId) ?? []), fromDecimal(new Decimal(exact), currency)])
  }
  return costs
}

/** The projects of an account that something can be put in, by name. */
export async function listOpenProjects(ctx: TenantContext, accountId: string): Promise<{ id: string; name: string }[]> {
  return ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: 'active' },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
  })
}

/** The same for an order, with those whose budget is used up and takes nothing new. */
export async function listProjectsForOrder(ctx: TenantContext, accountId: string): Promise<OrderProject[]> {
  return ctx.db.$queryRaw<OrderProject[]>`
    select p.id, p.name, exists (
      select from budgets b join budget_standings s on s.tenant_id = b.tenant_id and s.budget_id = b.id
      where b.tenant_id = p.tenant_id and b.project_id = p.id and b.state = 'active' and b.hard_stop <> 'none'
        and s.spent_minor >= b.amount_minor) as "isStopped"
    from projects p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.account_id = ${accountId}::uuid and p.state = 'active'
    order by p.name, p.id limit ${most}`
}

/** The project and the labels of a resource now; null when the scope holds no such one. */
export async function readResourcePlace(ctx: TenantContext, resourceId: string): Promise<ResourcePlace | null> {
  const { tenantId } = ctx
  const resource = await ctx.db.resource.findUnique({
    where: { tenantId_id: { tenantId, id: resourceId } },
    select: { accountId: true },
  })
  if (!resource) return null
  const now = { tenantId, resourceId, endsAt: null }
  // One after the other: relations read side by side would be two queries at once on the transaction's one connection.
  const place = await ctx.db.projectResource.findFirst({ where: now, select: { project: { select: { id: true, name: true } } } })
  const tags = await ctx.db.resourceTag.findMany({ where: now, select: { key: true, value: true }, orderBy: { key: 'asc' }, take: 100 })
  return { accountId: resource.accountId, project: place?.project ?? null, tags }
}
