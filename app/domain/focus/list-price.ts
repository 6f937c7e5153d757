import type { Decimal } from '../money/decimal.ts'

/** A price of the seller's public list. `match` are the dimensions it is for. */
export type ListPrice = {
  readonly id: string
  readonly productId: string | null
  readonly feeKind: string
  readonly meter: string | null
  readonly unit: string
  readonly currency: string
  readonly match: Readonly<Record<string, string | readonly string[]>>
  readonly isPerUnit: boolean
  readonly unitPrice: Decimal
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** What of a charge decides its place in the list. */
export type Listed = {
  readonly productId: string | null
  readonly feeKind: string
  readonly meter: string | null
  readonly unit: string
  readonly currency: string
  /** The dimensions the charge's own price was taken for. */
  readonly matched: Readonly<Record<string, string>>
  readonly at: Date
}

/** The list's price of the same thing at the time of the charge; undefined where the list has none, or none per unit. */
export function listPriceOf(prices: readonly ListPrice[], charge: Listed): ListPrice | undefined {
  const found = prices.filter((price) => isOf(price, charge)).sort((a, b) => Number(b.productId !== null) - Number(a.productId !== null))
  return found[0]?.isPerUnit ? found[0] : undefined
}

function isOf(price: ListPrice, { productId, feeKind, meter, unit, currency, matched, at }: Listed): boolean {
  if (price.feeKind !== feeKind || price.meter !== meter || price.unit !== unit || price.currency !== currency) return false
  if (price.productId !== null && price.productId !== productId) return false
  if (price.validFrom > at || (price.validTo !== null && price.validTo <= at)) return false
  const wanted = Object.entries(price.match)
  return (
    wanted.length === Object.keys(matched).length &&
    wanted.every(([name, values]) => matched[name] !== undefined && [values].flat().includes(matched[name]))
  )
}
