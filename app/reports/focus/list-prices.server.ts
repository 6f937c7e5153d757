import type { TenantContext } from '#app/db/context.server.ts'
import type { ListPrice } from '#app/domain/focus/list-price.ts'
import { Decimal } from '#app/domain/money/decimal.ts'

type Row = Omit<ListPrice, 'unitPrice'> & { unitPrice: string }

const pricesAtMost = 20_000

/** The seller's public prices that were in force at any time of the three months up to the end of a month, the store's own book first. */
export async function focusListPrices(ctx: TenantContext, monthStart: string): Promise<ListPrice[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, r.product_id as "productId", r.fee_kind as "feeKind", r.meter, r.unit, b.currency, r.match,
      r.model = 'per-unit' as "isPerUnit", r.unit_price::text as "unitPrice", v.valid_from as "validFrom", v.valid_to as "validTo"
    from price_books b
    join price_versions v on v.tenant_id = b.tenant_id and v.price_book_id = b.id
    join price_rules r on r.tenant_id = v.tenant_id and r.price_version_id = v.id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.is_public and v.is_public and r.is_public and v.withdrawn_at is null
      and v.valid_from < (${monthStart}::date + interval '2 months')
      and (v.valid_to is null or v.valid_to > (${monthStart}::date - interval '2 months'))
    order by b.created_at, b.id, v.number desc, r.id limit ${pricesAtMost}`
  return rows.map((row) => ({ ...row, unitPrice: new Decimal(row.unitPrice) }))
}
