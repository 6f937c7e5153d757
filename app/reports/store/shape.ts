import type { ServiceSale } from '#app/domain/catalog/service-sale.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { FeeInterval } from '#app/domain/pricing/price-rule.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'

/** What can be ordered, as visitors see it. Prices are those of the store's public price book: before tax, unless the catalog says that it is included. */
type StoreOffer = {
  readonly code: string
  readonly name: string
  /** Charged once at the start; null when there is none. */
  readonly setup: Money | null
  /** The most a month costs, or the monthly fee. */
  readonly monthlyCap: Money
  /** The same with the use that a reader typed in; null when none was. */
  readonly usedMonth: Money | null
  /** What a private buyer of the seller's own country pays on it; "0" where there is none. */
  readonly tax: PriceTax
  /** Names of what comes with it for nothing, and of what can be taken beside it. */
  readonly included: readonly string[]
  readonly optional: readonly string[]
}

/** A server: a plan, or a bundle that holds one. */
export type StorePlan = StoreOffer & {
  readonly hasServer: true
  /** Heading it is listed under; null where the catalog has one line only. */
  readonly family: string | null
  readonly cpuNumber: number
  readonly memoryMib: number
  readonly diskGib: number
  /** Traffic included a month, in GB of 10^9 bytes; null when none is. */
  readonly trafficGb: number | null
  /** Price of a further GB, decimal text; null when traffic is not charged. */
  readonly trafficPricePerGb: string | null
  /** Price of an hour, decimal text; null for a plan with a monthly fee only. */
  readonly hourly: string | null
  /** Codes of locations that offer it. */
  readonly locations: readonly string[]
  /** How many are left where that is counted, by location. */
  readonly left: Readonly<Record<string, number>>
}

/** Services that are sold together, without a server. */
export type StoreBundle = StoreOffer & { readonly hasServer: false; readonly description: string | null }

/** A service that is ordered by itself, such as hours of work or a licence. */
export type StoreService = Pick<StoreOffer, 'code' | 'name' | 'tax' | 'included'> &
  ServiceSale & {
    readonly hasServer: false
    readonly description: string | null
    /** Of one unit: charged once, and each period of `every`; null where there is none. As `tax` says. */
    readonly once: Money | null
    readonly recurring: Money | null
    /** Every month where it is null. */
    readonly every: FeeInterval | null
  }

export type StoreLocation = { readonly code: string; readonly city: string; readonly country: string }
export type StoreImage = { readonly code: string; readonly name: string; readonly family: 'linux' | 'windows' | 'app' }

/** Everything the store offers, in the order it is listed. */
export type StoreCatalog = {
  readonly currency: string
  /** All it sells in, the usual one first. */
  readonly currencies: readonly string[]
  /** Of what has no rate of its own. */
  readonly tax: PriceTax
  readonly plans: readonly StorePlan[]
  readonly bundles: readonly StoreBundle[]
  readonly services: readonly StoreService[]
  readonly locations: readonly StoreLocation[]
  readonly images: readonly StoreImage[]
}
