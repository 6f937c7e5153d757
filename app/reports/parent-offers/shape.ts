import type { OfferChangeKind } from '#app/domain/catalog/parent-offer.ts'

type Names = Readonly<Record<string, string>>

/** One buy price of an offer, as a decimal text in the offer's currency. */
export type OfferedPrice = {
  readonly key: string
  readonly feeKind: string
  readonly meter: string | null
  readonly unit: string
  readonly price: string
}

export type OfferRow = {
  readonly id: string
  readonly code: string
  readonly name: Names
  readonly currency: string
  readonly prices: readonly OfferedPrice[]
  readonly priceFloor: string | null
  readonly priceCeiling: string | null
  readonly isWithdrawn: boolean
  readonly productId: string | null
  /** The parent's prices of use outside any plan. */
  readonly isRateCard: boolean
}

/** A change of an offer that nobody dealt with yet; prices as they were and as they are. */
export type OfferChangeRow = {
  readonly id: string
  readonly kind: OfferChangeKind
  readonly name: Names
  readonly isRateCard: boolean
  readonly currency: string
  readonly effectiveAt: Date
  readonly before: readonly OfferedPrice[]
  readonly after: readonly OfferedPrice[]
}

/** A plan that a reseller of ours may sell on. */
export type DelegationOverviewRow = {
  readonly id: string
  readonly accountId: string
  readonly productId: string
  readonly reseller: string
  readonly product: Names
  readonly currency: string
  readonly priceFloor: string | null
  readonly priceCeiling: string | null
}

export type OffersOverview = {
  readonly hasParent: boolean
  readonly offers: readonly OfferRow[]
  readonly changes: readonly OfferChangeRow[]
  readonly books: readonly { readonly id: string; readonly name: string; readonly currency: string }[]
  readonly resellers: readonly { readonly id: string; readonly name: string }[]
  readonly delegations: readonly DelegationOverviewRow[]
  readonly products: readonly { readonly id: string; readonly name: Names }[]
}
