import type { TenantContext } from '#app/db/context.server.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { type Page, type PageQuery, pageBounds, toPage } from '../page.ts'
import type { OrderProgress, ServerRow } from './shape.ts'

export type ServerFilter = PageQuery & { readonly accountId?: string | undefined; readonly id?: string | undefined }

/** Servers as far as the scope sees them, newest first; deleted ones stay out unless asked for by id. */
export async function listServers(ctx: TenantContext, filter: ServerFilter): Promise<Page<ServerRow>> {
  const { before, limit, take } = pageBounds(filter)
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const month = billingMonthAt({ zone: tenant.timeZone, anchorDay: 1 }, ctx.now)
  const rows = await ctx.db.$queryRaw<ServerRow[]>`
    select r.id, r.account_id as "accountId", a.name as "accountName", r.name, r.state, r.address, r.zone, p.name as "productName",
      coalesce(p.spec, '{}'::jsonb) || r.spec as spec, cost.currency, coalesce(cost.amount, 0)::text as "monthToDate", r.created_at as "createdAt"
    from resources r
    join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
    left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    left join lateral (
      select min(c.currency) as currency, sum(c.amount) as amount from charges c
      where c.tenant_id = r.tenant_id and c.subscription_id = r.subscription_id
        and c.period_start >= ${month.start} and c.period_start < ${month.end}
    ) cost on true
    where r.tenant_id = ${ctx.tenantId}::uuid and r.id < ${before}::uuid
      and (${filter.accountId ?? null}::uuid is null or r.account_id = ${filter.accountId ?? null}::uuid)
      and (r.id = ${filter.id ?? null}::uuid or (${filter.id ?? null}::uuid is null and r.state <> 'deleted'))
    order by r.id desc
    limit ${take}`
  return toPage(rows, limit)
}

/** One server; null when the scope has none such. */
export async function readServer(ctx: TenantContext, id: string): Promise<ServerRow | null> {
  const page = await listServers(ctx, { id, limit: 1 })
  return page.rows[0] ?? null
}

/** An order with the steps its buyer watches; null when the scope has none such. */
export async function readOrderProgress(ctx: TenantContext, id: string): Promise<OrderProgress | null> {
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    include: { orderStepsAsOrder: { orderBy: { position: 'asc' } } },
  })
  if (!order) return null
  const resource = order.resourceId
    ? await ctx.db.resource.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id: order.resourceId } }, select: { address: true } })
    : null
  return {
    id: order.id,
    state: order.state as OrderProgress['state'],
    failure: order.failure,
    name: (order.input as { name?: string }).name ?? '',
    resourceId: order.resourceId,
    address: resource?.address ?? null,
    netMinor: order.netMinor,
    taxMinor: order.taxMinor,
    totalMinor: order.totalMinor,
    currency: order.currency,
    placedAt: order.placedAt,
    steps: order.orderStepsAsOrder.map(({ step, state, at }) => ({ step, state: state as 'waiting' | 'running' | 'done' | 'failed', at })),
  }
}
