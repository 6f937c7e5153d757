import { Decimal } from '#app/domain/money/decimal.ts'
import { type PriceRule, plainRule } from '#app/domain/pricing/price-rule.ts'
import type { TenantContext } from './context.server.ts'

/** A price rule as stored, with the book it is in and the validity of its version. Prices in the book's currency. */
export type StoredPriceRule = PriceRule & { readonly priceBookId: string; readonly currency: string }

type Texts = { readonly unitPrice: string; readonly included: string; readonly cap: string | null }
type Row = Texts &
  Pick<StoredPriceRule, 'priceBookId' | 'currency'> &
  Pick<PriceRule, 'id' | 'priceVersionId' | 'feeKind' | 'productId' | 'meter' | 'unit' | 'match' | 'validFrom' | 'validTo'>

/** All rules of `priceBookIds`, every version, ordered by book, version start and id. Price books are small; usage is not. */
export async function readPriceRules(ctx: TenantContext, priceBookIds: readonly string[]): Promise<StoredPriceRule[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, v.price_book_id as "priceBookId", r.price_version_id as "priceVersionId", b.currency, r.fee_kind as "feeKind",
      r.product_id as "productId", r.meter, r.unit, r.unit_price::text as "unitPrice", r.included::text as included, r.cap::text as cap,
      r.match, v.valid_from as "validFrom", v.valid_to as "validTo"
    from price_rules r
    join price_versions v on v.tenant_id = r.tenant_id and v.id = r.price_version_id
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where r.tenant_id = ${ctx.tenantId}::uuid and v.price_book_id = any (${priceBookIds}::uuid[])
    order by v.price_book_id, v.valid_from, r.id`
  return rows.map(toRule)
}

function toRule({ priceBookId, currency, ...row }: Row): StoredPriceRule {
  const rule = plainRule({
    ...row,
    unitPrice: new Decimal(row.unitPrice),
    included: new Decimal(row.included),
    cap: row.cap === null ? null : new Decimal(row.cap),
  })
  return { ...rule, priceBookId, currency }
}
