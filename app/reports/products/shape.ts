import type { MemberRole } from '#app/domain/catalog/bundle.ts'
import type { ProductKind, ProductState } from '#app/domain/catalog/product.ts'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import type { RateKind } from '#app/domain/tax/tax-rate.ts'

/** Words by language. */
export type Words = Readonly<Record<string, string>>

export type ProductFilter = {
  readonly search?: string | undefined
  readonly group?: string | undefined
  readonly state?: ProductState | undefined
  readonly kind?: ProductKind | undefined
  readonly page: number
}

export type ProductListRow = {
  readonly id: string
  readonly code: string
  readonly kind: ProductKind
  readonly name: Words
  readonly productGroup: string | null
  readonly status: ProductState
  /** Products that it contains or offers beside. */
  readonly members: number
  /** Subscriptions that it is a running part of. */
  readonly subscribers: number
}

export type ProductList = {
  readonly rows: readonly ProductListRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly groups: readonly string[]
}

/** One price of the product as it stands today in one book. */
export type ProductPrice = {
  readonly id: string
  readonly book: string
  readonly currency: string
  readonly isPublic: boolean
  readonly feeKind: FeeKind
  readonly meter: string | null
  /** Decimal text; zero when nothing is included. */
  readonly included: string
  readonly unit: string
  readonly includedScope: 'subscription' | 'resource' | 'pool'
  readonly rollsOver: boolean
  readonly description: PriceDescription
}

export type BundleMemberRow = {
  readonly productId: string
  readonly name: Words
  readonly code: string
  readonly role: MemberRole
  readonly quantity: string
}

/** A place at which a product stands, with how many are left there; empty for one that stands nowhere. */
export type ProductPlace = { readonly code: string; readonly city: string; readonly left: number | null }

/** Where plans stand and what they start with, as staff type it. */
export type TypedPlaces = { readonly locations: string; readonly images: string }

export type ProductDetail = {
  /** Of a plan that the seller makes itself; null for other products and for what comes from a parent. */
  readonly offering: TypedPlaces | null
  readonly places: readonly ProductPlace[]
  readonly limitPerCustomer: number | null
  readonly id: string
  readonly code: string
  readonly kind: ProductKind
  readonly status: ProductState
  readonly productGroup: string | null
  readonly taxKind: RateKind
  readonly name: Words
  readonly description: Words
  readonly spec: {
    readonly proration: string
    readonly meter: string | null
    readonly unit: string | null
    readonly quantityStep: string | null
    readonly termMonths: number | null
    readonly reminderDays: number | null
    readonly atTermEnd: string
    readonly pricePolicy: string
    readonly saleUnit: string | null
    readonly mostUnits: number | null
    readonly app: string | null
    readonly trialDays: number | null
    readonly trialServers: number | null
    readonly trialVcpus: number | null
    readonly trialDiskGib: number | null
    readonly trialTrafficGb: number | null
    readonly trialUse: string
    readonly availabilityPercent: string | null
    readonly responseHours: number | null
    readonly missCreditPercent: string | null
    readonly cpuNumber: number | null
    readonly memoryMib: number | null
    readonly diskGib: number | null
  }
  readonly subscribers: number
  readonly members: readonly BundleMemberRow[]
  /** Bundles that it is part of. */
  readonly partOf: readonly { readonly productId: string; readonly name: Words }[]
  readonly prices: readonly ProductPrice[]
  /** Meters that cost nothing in any book: they are not among the prices. */
  readonly freeMeters: readonly string[]
  /** What else could become a member. */
  readonly others: readonly { readonly productId: string; readonly name: Words; readonly code: string }[]
}
