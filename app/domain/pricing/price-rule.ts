import type { Decimal } from '../money/decimal.ts'

export type FeeKind = 'setup' | 'recurring' | 'usage'

/**
 * One price of a price version, in the currency of the price book, before or after tax as the contract says.
 * `unitPrice` is per `unit`; `included` units per billing month are free; `cap` is the most that one subscription pays
 * for this rule in one billing month. Valid over `[validFrom, validTo)`, open-ended when `validTo` is null.
 */
export type PriceRule = {
  readonly id: string
  readonly priceVersionId: string
  readonly feeKind: FeeKind
  /** Only for subscriptions of this product; null: for all. */
  readonly productId: string | null
  /** The meter that is priced; null for setup and recurring fees. */
  readonly meter: string | null
  readonly unit: string
  readonly unitPrice: Decimal
  readonly included: Decimal
  readonly cap: Decimal | null
  /** Dimensions that usage must have with exactly these values. */
  readonly match: Readonly<Record<string, string>>
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** Whether `rule` is in force at the instant `ms` (milliseconds since 1970): its start is, its end is not. */
export function isInForce(rule: Pick<PriceRule, 'validFrom' | 'validTo'>, ms: number): boolean {
  return rule.validFrom.getTime() <= ms && (rule.validTo === null || ms < rule.validTo.getTime())
}
