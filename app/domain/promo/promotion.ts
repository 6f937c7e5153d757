import { z } from 'zod'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type Discount, type DiscountName, type DiscountScope, type DiscountValue, discountScopes } from './discount.ts'

export const promotionKinds = ['percent', 'amount', 'free-units', 'free-period'] as const
export type PromotionKind = (typeof promotionKinds)[number]
export type PromotionState = 'draft' | 'active' | 'ended'

const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,12})?$/)
const periods = z.number().int().min(1).max(120)

/** What a promotion gives, as it is stored: percent and units as decimal texts, amounts in minor units by currency. */
export const PromotionTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: decimalText, periods: periods.nullable() }),
  z.strictObject({ kind: z.literal('amount'), amounts: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().regex(/^\d{1,15}$/)) }),
  z.strictObject({ kind: z.literal('free-units'), meter: z.string().min(1).max(60), units: decimalText, periods: periods.nullable() }),
  z.strictObject({ kind: z.literal('free-period'), periods }),
])
export type PromotionTerms = z.infer<typeof PromotionTerms>

/** Everything of a promotion that decides what a buyer gets. Dates are instants cut in the seller's zone. */
export type Promotion = {
  readonly id: string
  readonly code: string
  readonly name: DiscountName
  readonly terms: PromotionTerms
  readonly scopes: readonly DiscountScope[]
  readonly productGroups: readonly string[]
  readonly channelIds: readonly string[]
  readonly isFirstOrderOnly: boolean
  readonly isNewCustomersOnly: boolean
  readonly priority: number
  readonly stackGroup: string | null
  readonly isStackable: boolean
  readonly startsAt: Date
  readonly endsAt: Date | null
}

const Snapshot = z.object({
  promotionId: z.string(),
  code: z.string(),
  promoCode: z.string().nullable(),
  name: z.record(z.string(), z.string()),
  terms: PromotionTerms,
  scopes: z.array(z.enum(discountScopes)),
  productGroups: z.array(z.string()),
  priority: z.number().int(),
  stackGroup: z.string().nullable(),
  isStackable: z.boolean(),
  startsAt: z.iso.datetime(),
})

/** What an order keeps of a promotion: later edits of the promotion leave it as it was. Plain JSON. */
export type PromotionSnapshot = z.infer<typeof Snapshot>

/** The snapshot of `promotion`, redeemed by `promoCode`. */
export function snapshotOf(promotion: Promotion, promoCode: string | null): PromotionSnapshot {
  return {
    promotionId: promotion.id,
    code: promotion.code,
    promoCode,
    name: { ...promotion.name },
    terms: promotion.terms,
    scopes: [...scopesOf(promotion)],
    productGroups: [...promotion.productGroups],
    priority: promotion.priority,
    stackGroup: promotion.stackGroup,
    isStackable: promotion.isStackable,
    startsAt: promotion.startsAt.toISOString(),
  }
}

/** A snapshot as it was stored. @throws ZodError for anything else. */
export function readSnapshot(json: unknown): PromotionSnapshot {
  return Snapshot.parse(json)
}

/** What a promotion of `terms` touches: a free period is free of recurring fees, free units are metered use. */
export function scopesOf({ terms, scopes }: Pick<Promotion, 'terms' | 'scopes'>): readonly DiscountScope[] {
  if (terms.kind === 'free-period') return ['recurring']
  return terms.kind === 'free-units' ? ['usage', 'overage'] : scopes
}

/** Billing periods a promotion lasts; null for as long as the subscription lives, or until an amount is used up. */
export function periodsOf(terms: PromotionTerms): number | null {
  return terms.kind === 'amount' ? null : terms.periods
}

/** What `terms` take off in `currency`; an amount that is not set for the currency does not apply. */
export function discountValue(terms: PromotionTerms, currency: string): Result<DiscountValue, 'other-currency'> {
  if (terms.kind === 'percent') return ok({ method: 'percent', percent: new Decimal(terms.percent) })
  if (terms.kind === 'free-period') return ok({ method: 'percent', percent: new Decimal(100) })
  if (terms.kind === 'free-units') return ok({ method: 'units', meter: terms.meter, perPeriod: new Decimal(terms.units) })
  const minor = terms.amounts[currency]
  return minor === undefined ? err('other-currency') : ok({ method: 'amount', remaining: money(BigInt(minor), currency) })
}

export type SnapshotUse = {
  readonly currency: string
  /** Of the discount as it is stored; of an order not placed yet, the promotion's. */
  readonly id: string
  readonly accountId: string | null
  readonly subscriptionId: string | null
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** The discount that a snapshot promises. Its place in the order of application is the promotion's, on the quote and on every invoice. */
export function discountOf(snapshot: PromotionSnapshot, use: SnapshotUse): Result<Discount, 'other-currency'> {
  const { currency, ...owner } = use
  const value = discountValue(snapshot.terms, currency)
  if (!value.ok) return value
  const { name, scopes, productGroups, priority, stackGroup, isStackable } = snapshot
  const place = { priority, since: new Date(snapshot.startsAt), rank: `${snapshot.promotionId}:${use.id}` }
  return ok({ ...owner, ...place, name, value: value.value, scopes, productGroups, stackGroup, isStackable })
}
