import type { Decimal } from '../money/decimal.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { PriceBasis } from '../pricing/resolve-price.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'

export type ChargeCategory = 'Usage' | 'Purchase' | 'Tax' | 'Credit' | 'Adjustment'
export type ChargeClass = '' | 'Correction'
export type ChargeFrequency = 'One-Time' | 'Recurring' | 'Usage-Based'

/** Which price was taken and why, as kept on the charge. Plain JSON. */
export type ChargeReason =
  | {
      readonly kind: 'usage'
      readonly basis: PriceBasis
      readonly matched: Readonly<Record<string, string>>
      /** The monthly cap of the price took effect, so the amount is less than quantity × price. */
      readonly isCapped: boolean
      /** The usage crossed the end of a billing month or of a price version: this is one part of it. */
      readonly isSplit: boolean
    }
  | {
      readonly kind: 'fee'
      /** The charged slice of the billing month, in milliseconds or days by policy; as decimal texts. */
      readonly proration: { readonly policy: 'none' | 'day' | 'second'; readonly part: string; readonly whole: string }
    }

/**
 * One rated usage or fee under one contract, before it has an identity of its own. `amount` is in major units of
 * `currency`, unrounded. `sourceKey` is the same whenever the same thing is rated again: unique per contract.
 */
export type RatedCharge = {
  readonly sourceKey: string
  readonly contractId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly usageId: string | null
  readonly resourceRef: string | null
  readonly category: ChargeCategory
  readonly class: ChargeClass
  readonly frequency: ChargeFrequency
  readonly feeKind: FeeKind
  readonly meter: string | null
  readonly unit: string
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly amount: Decimal
  readonly currency: string
  readonly priceVersionId: string
  readonly priceRuleId: string
  readonly reason: ChargeReason
  /** The span the charge covers. */
  readonly chargePeriod: Period
  /** First day, in the seller's zone, of the billing month whose allowance and cap it counts in. */
  readonly billingPeriod: LocalDate
}
