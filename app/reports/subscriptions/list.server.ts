import type { TenantContext } from '#app/db/context.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { SubscriptionFilter, SubscriptionList, SubscriptionRow } from './shape.ts'

/** Subscriptions in scope by name, a page at a time, with what waits to be changed. */
export async function listSubscriptions(ctx: TenantContext, filter: SubscriptionFilter): Promise<SubscriptionList> {
  const found = await readPage(ctx, filter)
  const rows = found.map(({ total: _total, ...row }) => row)
  const hasAny =
    rows.length > 0 || (await ctx.db.subscription.findFirst({ where: { tenantId: ctx.tenantId }, select: { id: true } })) !== null
  return { rows, total: found[0]?.total ?? 0, page: filter.page, pageSize, hasAny }
}

function readPage(ctx: TenantContext, filter: SubscriptionFilter): Promise<(SubscriptionRow & { total: number })[]> {
  const { state = null, language } = filter
  const search = filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null
  return ctx.db.$queryRaw`
    select s.id, s.name, s.account_id as "accountId", a.name as "accountName",
      coalesce(p.name ->> ${language}, p.name ->> 'en', p.code) as product, trim_scale(s.quantity)::text as quantity, s.state,
      s.started_at as "startedAt", s.ended_at as "endedAt", s.ends_at as "endsAt", s.renews, s.trial_ends_at as "trialEndsAt",
      n.kind as "nextChange", n.effective_at as "nextChangeAt", count(*) over ()::int as total
    from subscriptions s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    left join lateral (
      select c.kind, c.effective_at from subscription_changes c
      where c.tenant_id = s.tenant_id and c.subscription_id = s.id and c.state in ('proposed', 'scheduled')
      order by c.effective_at, c.id limit 1
    ) n on true
    where s.tenant_id = ${ctx.tenantId}::uuid and (${state}::text is null or s.state = ${state})
      and (${search}::text is null or s.name ilike ${search} or a.name ilike ${search})
    order by (s.state = 'ended'), lower(s.name), s.id
    limit ${pageSize} offset ${offsetOf(filter.page)}`
}

/** Whether the reader's scope holds the subscription. */
export async function isSubscriptionInScope(ctx: TenantContext, id: string): Promise<boolean> {
  return (await ctx.db.subscription.count({ where: { tenantId: ctx.tenantId, id } })) > 0
}
