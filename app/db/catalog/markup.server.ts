import { Decimal } from '#app/domain/money/decimal.ts'
import type { MarkupMethod, MarkupRule, MarkupScope } from '#app/domain/pricing/markup/markup-rule.ts'
import { type MarkupRounding, markupRoundings } from '#app/domain/pricing/markup/round-up.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

type Row = {
  id: string
  productId: string | null
  productGroup: string | null
  feeKind: FeeKind | null
  method: MarkupMethod
  rate: string | null
  amount: string | null
  rounding: string | null
  floor: string | null
  exchangeFrom: string | null
  exchangeRate: string | null
  exchangeSource: string | null
  exchangeDate: string | null
  position: number
}

const decimalOf = (text: string | null) => (text === null ? null : new Decimal(text))

/**
 * The mark-ups of a price book in order. Their exchange rate is that from `buyCurrency`, the currency the tenant buys in, to the
 * book's; a tenant has one contract with its parent.
 */
export async function readMarkupRules(ctx: TenantContext, priceBookId: string, buyCurrency: string | null): Promise<MarkupRule[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select id, product_id as "productId", product_group as "productGroup", fee_kind as "feeKind", method, trim_scale(rate)::text as rate,
      trim_scale(amount)::text as amount, rounding, trim_scale(floor)::text as floor, ${buyCurrency} as "exchangeFrom",
      trim_scale(exchange_rate)::text as "exchangeRate", exchange_source as "exchangeSource", exchange_date::text as "exchangeDate", position
    from markup_rules where tenant_id = ${ctx.tenantId}::uuid and price_book_id = ${priceBookId}::uuid
    order by position, id limit 5000`
  return rows.map(toRule)
}

function toRule({ exchangeFrom, exchangeRate, exchangeSource, exchangeDate, rounding, ...row }: Row): MarkupRule {
  return {
    ...row,
    rate: decimalOf(row.rate),
    amount: decimalOf(row.amount),
    floor: decimalOf(row.floor),
    rounding: markupRoundings.find((known): known is MarkupRounding => known === rounding) ?? 'none',
    exchange:
      exchangeFrom && exchangeRate && exchangeSource && exchangeDate
        ? { from: exchangeFrom, rate: new Decimal(exchangeRate), source: exchangeSource, date: exchangeDate }
        : null,
  }
}

export type NewMarkup = Omit<MarkupRule, 'id' | 'position'>

/** Adds mark-ups to a book, each in the place of the one with the same scope. */
export async function saveMarkupRules(ctx: TenantContext, priceBookId: string, rules: readonly NewMarkup[]): Promise<void> {
  const { tenantId, now } = ctx
  const createdBy = actorName(ctx.actor)
  for (const scope of rules) await ctx.db.markupRule.deleteMany({ where: { tenantId, priceBookId, ...scopeOf(scope) } })
  const last = await ctx.db.markupRule.aggregate({ where: { tenantId, priceBookId }, _max: { position: true } })
  await ctx.db.markupRule.createMany({
    data: rules.map((rule, index) => ({
      tenantId,
      id: newId(),
      priceBookId,
      ...scopeOf(rule),
      method: rule.method,
      rate: rule.rate?.toFixed() ?? null,
      amount: rule.amount?.toFixed() ?? null,
      rounding: rule.rounding,
      floor: rule.floor?.toFixed() ?? null,
      exchangeRate: rule.exchange?.rate.toFixed() ?? null,
      exchangeSource: rule.exchange?.source ?? null,
      exchangeDate: rule.exchange ? new Date(rule.exchange.date) : null,
      position: (last._max.position ?? 0) + 1 + index,
      createdBy,
      createdAt: now,
    })),
  })
}

function scopeOf({ productId, productGroup, feeKind }: MarkupScope): MarkupScope {
  return { productId, productGroup, feeKind }
}

/** Takes a mark-up away; prices that were made with it stay. Returns whether it was there. */
export async function deleteMarkupRule(ctx: TenantContext, id: string): Promise<boolean> {
  const { count } = await ctx.db.markupRule.deleteMany({ where: { tenantId: ctx.tenantId, id } })
  return count === 1
}
