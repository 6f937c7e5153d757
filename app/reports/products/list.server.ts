import type { TenantContext } from '#app/db/context.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { ProductFilter, ProductList, ProductListRow } from './shape.ts'

/** The seller's products in the order of its catalog. The search looks at codes and at names in every language. */
export async function listProducts(ctx: TenantContext, filter: ProductFilter): Promise<ProductList> {
  const { search = null, group = null, state = null, kind = null } = filter
  const like = search === null ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await ctx.db.$queryRaw<(ProductListRow & { total: number })[]>`
    select p.id, p.code, p.kind, p.name, p.product_group as "productGroup", p.status, count(*) over ()::int as total,
      (select count(*)::int from bundle_items i where i.tenant_id = p.tenant_id and i.bundle_id = p.id) as members,
      (select count(*)::int from subscriptions s
       where s.tenant_id = p.tenant_id and s.state in ('active', 'paused') and (s.product_id = p.id or exists (
         select 1 from subscription_items i where i.tenant_id = s.tenant_id and i.subscription_id = s.id and i.product_id = p.id
           and i.starts_at <= ${ctx.now} and (i.ends_at is null or i.ends_at > ${ctx.now})))) as subscribers
    from products p
    where p.tenant_id = ${ctx.tenantId}::uuid and (${group}::text is null or p.product_group = ${group})
      and (${state}::text is null or p.status = ${state}) and (${kind}::text is null or p.kind = ${kind})
      and (${like}::text is null or p.code ilike ${like} or exists (select 1 from jsonb_each_text(p.name) as n (language, words) where n.words ilike ${like}))
    order by p.status = 'retired', p.position, p.code
    limit ${pageSize} offset ${offsetOf(filter.page)}`
  const groups = await ctx.db.$queryRaw<{ group: string }[]>`
    select distinct product_group as "group" from products where tenant_id = ${ctx.tenantId}::uuid and product_group is not null order by 1`
  return {
    rows: rows.map(({ total: _, ...row }) => row),
    total: rows[0]?.total ?? 0,
    page: filter.page,
    pageSize,
    groups: groups.map((row) => row.group),
  }
}
