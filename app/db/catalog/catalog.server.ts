import { Decimal } from '#app/domain/money/decimal.ts'
import { readPriceModel } from '#app/domain/pricing/models/registry.ts'
import type { FeeInterval, PriceExchange, PriceRule, RuleModel } from '#app/domain/pricing/price-rule.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/** A price rule as stored, with the book it is in and the validity of its version. Prices in the book's currency. */
export type StoredPriceRule = PriceRule & { readonly priceBookId: string; readonly currency: string }

type Figure = 'unitPrice' | 'included' | 'cap' | 'minimum' | 'quantityStep'
type Composed = Figure | 'model' | 'interval' | 'exchange' | 'layer'

/** A row of `priceRuleColumns`: figures as texts, the rest as PriceRule has it. */
export type PriceRuleRow = Omit<StoredPriceRule, Composed> &
  Record<'unitPrice' | 'included', string> &
  Record<'cap' | 'minimum' | 'quantityStep', string | null> & {
    readonly model: string
    readonly terms: unknown
    readonly intervalUnit: FeeInterval['unit'] | null
    readonly intervalCount: number | null
    readonly exchange: { readonly from: string; readonly rate: string; readonly source: string; readonly date: string } | null
  }

/** What a rule is read from: `r` is price_rules, `v` its version, `b` the book. */
export const priceRuleColumns = Prisma.sql`r.id, v.price_book_id as "priceBookId", r.price_version_id as "priceVersionId", b.currency,
  r.fee_kind as "feeKind", r.product_id as "productId", r.meter, r.unit, r.unit_price::text as "unitPrice", r.included::text as included,
  r.cap::text as cap, r.minimum::text as minimum, r.quantity_step::text as "quantityStep", r.model, r.terms,
  r.included_scope as "includedScope", r.rolls_over as "rollsOver", r.interval_unit as "intervalUnit", r.interval_count as "intervalCount",
  r.billing_mode as "billingMode", r.match, r.basis -> 'exchange' as exchange, v.valid_from as "validFrom", v.valid_to as "validTo"`

/**
 * All rules of `priceBookIds`, of every version that is not withdrawn, ordered by book, version start and id, as of the contract's
 * own book (layer 1). Price books are small; usage is not.
 */
export async function readPriceRules(ctx: TenantContext, priceBookIds: readonly string[]): Promise<StoredPriceRule[]> {
  const rows = await ctx.db.$queryRaw<PriceRuleRow[]>`
    select ${priceRuleColumns}
    from price_rules r
    join price_versions v on v.tenant_id = r.tenant_id and v.id = r.price_version_id
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where r.tenant_id = ${ctx.tenantId}::uuid and v.price_book_id = any (${priceBookIds}::uuid[]) and v.withdrawn_at is null
    order by v.price_book_id, v.valid_from, r.id`
  return rows.map(toPriceRule)
}

/** The rule of a stored row. @throws InvariantError when its terms are not those of its model: they were checked when it was saved. */
export function toPriceRule({ model, terms, intervalUnit, intervalCount, exchange, ...row }: PriceRuleRow): StoredPriceRule {
  return {
    ...row,
    unitPrice: new Decimal(row.unitPrice),
    included: new Decimal(row.included),
    cap: decimalOf(row.cap),
    minimum: decimalOf(row.minimum),
    quantityStep: decimalOf(row.quantityStep),
    model: storedModel(row.id, model, terms),
    interval: intervalUnit && intervalCount ? { unit: intervalUnit, count: intervalCount } : null,
    exchange: exchange && exchangeOf(exchange),
    layer: 1,
  }
}

/** The model of a stored rule out of its kind and terms. @throws InvariantError when they do not belong together. */
export function storedModel(ruleId: string, kind: string, terms: unknown): RuleModel {
  if (kind === 'per-unit') return { kind: 'per-unit' }
  const read = readPriceModel(kind, terms)
  invariant(read.ok && read.value.kind !== 'per-unit', `price rule ${ruleId} has terms that are not those of ${kind}`)
  return read.value
}

function decimalOf(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

function exchangeOf({ from, rate, source, date }: NonNullable<PriceRuleRow['exchange']>): PriceExchange {
  return { from, rate: new Decimal(rate), source, date }
}
