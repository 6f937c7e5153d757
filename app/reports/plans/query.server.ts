import type { TenantContext } from '#app/db/context.server.ts'
import type { BookRow, DraftRow, PlanList } from './shape.ts'

/** The books with their versions, the newest drafts, and the products that can be priced. */
export async function listPlans(ctx: TenantContext): Promise<PlanList> {
  const { tenantId, now } = ctx
  const books = await ctx.db.$queryRaw<BookRow[]>`
    select b.id, b.code, b.name, b.currency, b.is_public as "isPublic", v.number as current, v.valid_from as since,
      (select count(*)::int from price_rules r where r.tenant_id = b.tenant_id and r.price_version_id = v.id) as prices,
      (select min(n.valid_from) from price_versions n
       where n.tenant_id = b.tenant_id and n.price_book_id = b.id and n.withdrawn_at is null and n.valid_from > ${now}) as "nextFrom"
    from price_books b
    left join price_versions v on v.tenant_id = b.tenant_id and v.price_book_id = b.id and v.withdrawn_at is null
      and v.valid_from <= ${now} and (v.valid_to is null or v.valid_to > ${now})
    where b.tenant_id = ${tenantId}::uuid
    order by b.is_public desc, b.name, b.currency, b.id limit 500`
  const drafts = await ctx.db.$queryRaw<DraftRow[]>`
    select d.id, d.name, d.state, b.name as "bookName", b.currency, d.activate_at as "activateAt", d.updated_at as "updatedAt",
      coalesce(u.name, d.document ->> 'writtenBy') as "writtenBy"
    from plan_drafts d
    join price_books b on b.tenant_id = d.tenant_id and b.id = d.price_book_id
    left join users u on u.tenant_id = d.tenant_id and u.id::text = d.document ->> 'writtenBy'
    where d.tenant_id = ${tenantId}::uuid and d.state <> 'discarded'
    order by d.state = 'activated', d.updated_at desc, d.id limit 100`
  const products = await ctx.db.$queryRaw<PlanList['products'][number][]>`
    select id, code, name from products where tenant_id = ${tenantId}::uuid and status <> 'retired' order by position, code limit 1000`
  return { books, drafts, products }
}
