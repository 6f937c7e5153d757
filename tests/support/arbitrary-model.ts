import fc from 'fast-check'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { PriceModel } from '#app/domain/pricing/models/registry.ts'
import type { PriceTier } from '#app/domain/pricing/models/tiers.ts'

/** Decimals from 0 to `max` at the last of `places`. */
export const arbitraryDecimal = (max: bigint, places: number): fc.Arbitrary<Decimal> =>
  fc.bigInt(0n, max).map((value) => new Decimal(value.toString()).div(new Decimal(10).pow(places)))

const price = arbitraryDecimal(10n ** 9n, 6)
const bound = arbitraryDecimal(10n ** 7n, 2)

/** Quantities from nothing to huge, often on a bound or a few steps from it. */
export const arbitraryQuantity = fc.oneof(arbitraryDecimal(10n ** 8n, 3), arbitraryDecimal(10n ** 20n, 12), bound)

export const arbitraryTiers: fc.Arbitrary<readonly PriceTier[]> = fc
  .tuple(fc.uniqueArray(bound, { maxLength: 4, selector: String }), fc.array(fc.tuple(price, price), { minLength: 5, maxLength: 5 }))
  .map(([bounds, prices]) =>
    [...bounds.sort((a, b) => a.cmp(b)), null].map((upTo, index) => {
      const [unitPrice, flat] = prices[index] ?? [new Decimal(0), new Decimal(0)]
      return { upTo, unitPrice, flat }
    }),
  )

/** Brackets whose price rises by that of each tier. */
function addedUp(list: readonly PriceTier[]) {
  const flats = list.map((_, index) => list.slice(0, index + 1).reduce((sum, tier) => sum.plus(tier.flat), new Decimal(0)))
  return list.map(({ upTo }, index) => ({ upTo, flat: flats[index] ?? new Decimal(0) }))
}

/** Models by which more use never costs less. */
export const arbitraryRisingModel: fc.Arbitrary<PriceModel> = fc.oneof(
  price.map((amount) => ({ kind: 'flat' as const, params: { amount } })),
  price.map((unitPrice) => ({ kind: 'per-unit' as const, params: { unitPrice } })),
  arbitraryTiers.map((tiers) => ({ kind: 'graduated' as const, params: { tiers } })),
  fc
    .tuple(bound, price, bound)
    .map(([size, each, free]) => ({ kind: 'package' as const, params: { size: size.plus(1), price: each, free } })),
  arbitraryTiers.map((tiers) => ({ kind: 'stairstep' as const, params: { tiers: addedUp(tiers) } })),
  fc.tuple(price, price, bound).map(([rate, fixed, free]) => ({ kind: 'percentage' as const, params: { rate, fixed, free } })),
)

export const arbitraryModel: fc.Arbitrary<PriceModel> = fc.oneof(
  arbitraryRisingModel,
  arbitraryTiers.map((tiers) => ({ kind: 'volume' as const, params: { tiers } })),
)
