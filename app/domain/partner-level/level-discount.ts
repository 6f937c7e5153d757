import { Decimal } from '../money/decimal.ts'
import { mapModelPrices } from '../pricing/models/registry.ts'
import type { PriceRule, RuleModel } from '../pricing/price-rule.ts'
import { type DiscountScope, scopeOf } from '../promo/discount.ts'

/** Percent off the list for one scope, of one product group or of all (null), over `[validFrom, validTo)`. */
export type LevelDiscount = {
  readonly scope: DiscountScope
  readonly productGroup: string | null
  readonly percent: Decimal
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** A price of the list: what it is, without the version it stands in. */
export type ListPrice = Omit<PriceRule, 'id' | 'priceVersionId' | 'layer' | 'exchange' | 'validFrom' | 'validTo'> & {
  readonly productGroup: string | null
}

/** A price of a level's buy list, with the percentage that made it of the list's. */
export type LevelPrice = ListPrice & { readonly percent: Decimal }

/** Decimals of prices, as the database keeps them. */
const pricePlaces = 12
const none = new Decimal(0)

/** The percentage off for a scope and group at an instant: the group's own before the one of all groups; none is zero. */
export function percentAt(
  discounts: readonly LevelDiscount[],
  { scope, productGroup, at }: { readonly scope: DiscountScope | null; readonly productGroup: string | null; readonly at: Date },
): Decimal {
  if (scope === null) return none
  const fitting = discounts.filter(
    (discount) => discount.scope === scope && discount.validFrom <= at && (discount.validTo === null || at < discount.validTo),
  )
  const own = productGroup === null ? undefined : fitting.find((discount) => discount.productGroup === productGroup)
  return (own ?? fitting.find((discount) => discount.productGroup === null))?.percent ?? none
}

/**
 * The price of a level: every figure of the list price less the level's percentage, unit, flat and percent prices, cap and
 * minimum alike, so that a period costs exactly that much less. To 12 decimals; quantities and tiers stay. Cancellation fees
 * are not discounted.
 */
export function levelPrice(price: ListPrice, discounts: readonly LevelDiscount[], at: Date): LevelPrice {
  const percent = percentAt(discounts, { scope: scopeOf(price.feeKind, price.included.gt(0)), productGroup: price.productGroup, at })
  const share = new Decimal(100).minus(percent).div(100)
  const less = (figure: Decimal) => figure.times(share).toDecimalPlaces(pricePlaces)
  const { model } = price
  return {
    ...price,
    percent,
    unitPrice: less(price.unitPrice),
    cap: price.cap && less(price.cap),
    minimum: price.minimum && less(price.minimum),
    model: model.kind === 'per-unit' ? model : (mapModelPrices(model, less) as RuleModel),
  }
}
