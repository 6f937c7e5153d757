import type { Decimal } from '../money/decimal.ts'
import type { PriceModelKind } from '../pricing/models/price-model.ts'
import type { FeeKind, PriceLayer } from '../pricing/price-rule.ts'
import type { PriceBasis } from '../pricing/resolve-price.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'

export type ChargeCategory = 'Usage' | 'Purchase' | 'Tax' | 'Credit' | 'Adjustment'
export type ChargeClass = '' | 'Correction'
export type ChargeFrequency = 'One-Time' | 'Recurring' | 'Usage-Based'

/** Why a price was taken for usage. Plain JSON; charges made before a field existed lack it. */
export type UsageReason = {
  readonly kind: 'usage'
  readonly basis: PriceBasis
  readonly matched: Readonly<Record<string, string>>
  /** The cap of the price took effect, so the amount is less than the model alone would take. */
  readonly isCapped: boolean
  /** The usage crossed the end of a billing month or of a price version: this is one part of it. */
  readonly isSplit: boolean
  /** Whose price it is; see PriceLayer. */
  readonly layer: PriceLayer
  readonly model: PriceModelKind
  /** The tier of the slice, from 0; null when the model is not cut into tiers. */
  readonly tier: number | null
  /** The least that the period costs, as a decimal text: what is missing to it is charged when the period closes. */
  readonly minimum: string | null
  /** Units left over from the former period that the allowance was enlarged by, as a decimal text. */
  readonly carried: string | null
  /** The exchange rate that the price was made with. */
  readonly exchange: { readonly from: string; readonly rate: string; readonly source: string; readonly date: string } | null
}

/** Which price was taken and why, as kept on the charge. Plain JSON. */
export type ChargeReason =
  | UsageReason
  | {
      /** What a price costs in a period without any use, or what is missing to its minimum when the period closes. */
      readonly kind: 'standing' | 'true-up'
      readonly layer: PriceLayer
      readonly model: PriceModelKind
      /** Decimal texts: the whole amount of a full period, and for a true-up what its usage came to. */
      readonly whole: string
      readonly reached: string | null
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
  /** Which tier of a graduated price it is a slice of, from 0; null otherwise. Part of what makes one invoice line. */
  readonly tier: number | null
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
