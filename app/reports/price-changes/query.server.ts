import type { TenantContext } from '#app/db/context.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { BookOption, PriceOptions, ProductOption, VersionDetail, VersionItem, VersionList, VersionPrice } from './shape.ts'

/**
 * What prices there are: books, products and their groups, meters that are priced. The buy lists of partner levels are among
 * the books only for `withLevels`: they follow the list, nobody changes them by hand.
 */
export async function readPriceOptions(ctx: TenantContext, { withLevels = false } = {}): Promise<PriceOptions> {
  const { tenantId } = ctx
  const books = await ctx.db.$queryRaw<BookOption[]>`
    select id, name, currency from price_books where tenant_id = ${tenantId}::uuid and (${withLevels} or partner_level_id is null)
    order by name, currency, id limit 500`
  const products = await ctx.db.$queryRaw<ProductOption[]>`
    select id, name, product_group as "productGroup" from products where tenant_id = ${tenantId}::uuid order by position, code limit 1000`
  const meters = await ctx.db.$queryRaw<{ meter: string }[]>`
    select distinct meter from price_rules where tenant_id = ${tenantId}::uuid and meter is not null order by meter`
  const productGroups = [...new Set(products.flatMap(({ productGroup }) => productGroup ?? []))].sort()
  return { books, products, productGroups, meters: meters.map(({ meter }) => meter) }
}

type VersionRow = VersionItem & { readonly count: number }

/** Published versions of all books, newest first. */
export async function listVersions(ctx: TenantContext, { page }: { readonly page: number }): Promise<VersionList> {
  const rows = await readRows(ctx, null, page)
  return { rows: rows.map(({ count: _count, ...row }) => row), total: rows[0]?.count ?? 0, page, pageSize }
}

/** One version with its prices, in order of their id; undefined when the tenant has none such. */
export async function readVersion(ctx: TenantContext, id: string): Promise<VersionDetail | undefined> {
  const [row] = await readRows(ctx, id, 1)
  if (!row) return undefined
  const { count: _count, rules: _rules, ...version } = row
  const prices = await ctx.db.$queryRaw<VersionPrice[]>`
    select r.id as "ruleId", r.fee_kind as "feeKind", p.name as product, r.meter, r.unit, r.model, trim_scale(r.unit_price)::text as "unitPrice",
      trim_scale(r.cap)::text as cap, trim_scale(r.minimum)::text as minimum
    from price_rules r left join products p on p.tenant_id = r.tenant_id and p.id = r.product_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.price_version_id = ${id}::uuid
    order by r.id limit 500`
  return { ...version, prices }
}

function readRows(ctx: TenantContext, id: string | null, page: number): Promise<VersionRow[]> {
  return ctx.db.$queryRaw<VersionRow[]>`
    select v.id, v.price_book_id as "priceBookId", b.name as "bookName", b.currency, v.number, v.valid_from as "validFrom", v.valid_to as "validTo",
      case when v.withdrawn_at is not null then 'withdrawn' when v.valid_from > ${ctx.now} then 'planned'
        when v.valid_to <= ${ctx.now} then 'over' else 'in-force' end as state,
      w.number as corrects, (select count(*)::int from price_rules r where r.tenant_id = v.tenant_id and r.price_version_id = v.id) as rules,
      v.note, coalesce(u.name, v.created_by) as "createdBy", v.created_at as "createdAt", count(*) over ()::int as count
    from price_versions v
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    left join price_versions w on w.tenant_id = v.tenant_id and w.id = v.supersedes_id
    left join users u on u.tenant_id = v.tenant_id and u.id::text = v.created_by
    where v.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or v.id = ${id}::uuid)
    order by v.created_at desc, v.id desc
    limit ${pageSize} offset ${offsetOf(page)}`
}
