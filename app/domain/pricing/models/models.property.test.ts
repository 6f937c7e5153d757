import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { costOf, type PriceModel, segmentOf, slicesOf } from './registry.ts'
import type { PriceTier } from './tiers.ts'

const decimal = (max: bigint, places: number) =>
  fc.bigInt(0n, max).map((value) => new Decimal(value.toString()).div(new Decimal(10).pow(places)))
const price = decimal(10n ** 9n, 6)
const bound = decimal(10n ** 7n, 2)
const quantity = fc.oneof(decimal(10n ** 8n, 3), decimal(10n ** 20n, 12), bound)

const tiers = fc
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

const rising: fc.Arbitrary<PriceModel> = fc.oneof(
  price.map((amount) => ({ kind: 'flat' as const, params: { amount } })),
  price.map((unitPrice) => ({ kind: 'per-unit' as const, params: { unitPrice } })),
  tiers.map((list) => ({ kind: 'graduated' as const, params: { tiers: list } })),
  fc
    .tuple(bound, price, bound)
    .map(([size, each, free]) => ({ kind: 'package' as const, params: { size: size.plus(1), price: each, free } })),
  tiers.map((list) => ({ kind: 'stairstep' as const, params: { tiers: addedUp(list) } })),
  fc.tuple(price, price, bound).map(([rate, fixed, free]) => ({ kind: 'percentage' as const, params: { rate, fixed, free } })),
)
const anyModel: fc.Arbitrary<PriceModel> = fc.oneof(
  rising,
  tiers.map((list) => ({ kind: 'volume' as const, params: { tiers: list } })),
)
const zero = new Decimal(0)

test('more use never costs less, save by volume', () => {
  fc.assert(
    fc.property(rising, quantity, quantity, (model, a, b) => {
      expect(costOf(model, a.plus(b)).gte(costOf(model, a))).toBe(true)
    }),
  )
})

test('the deltas of a period, in any cut, cost what the period costs', () => {
  fc.assert(
    fc.property(anyModel, fc.array(quantity, { maxLength: 8 }), (model, deltas) => {
      let at = zero
      let charged = costOf(model, zero)
      for (const delta of deltas) {
        charged = charged.plus(costOf(model, at.plus(delta))).minus(costOf(model, at))
        at = at.plus(delta)
      }
      expect(charged.eq(costOf(model, at))).toBe(true)
    }),
  )
})

test('slices follow each other and together make the whole way, up and down', () => {
  fc.assert(
    fc.property(anyModel, quantity, quantity, (model, before, after) => {
      const slices = slicesOf(model, before, after)
      expect(slices[0]?.from.eq(before)).toBe(true)
      expect(slices.at(-1)?.to.eq(after)).toBe(true)
      expect(slices.every((slice, index) => index === 0 || slices[index - 1]?.to.eq(slice.from))).toBe(true)
      const back = slicesOf(model, after, before)
      expect(back.map(({ tier }) => tier).reverse()).toEqual(slices.map(({ tier }) => tier))
    }),
  )
})

test('inside a stretch each unit adds the same', () => {
  fc.assert(
    fc.property(anyModel, quantity, quantity, (model, at, other) => {
      const { after, upTo, slope } = segmentOf(model, at)
      expect((after === null || at.gt(after)) && (upTo === null || at.lte(upTo))).toBe(true)
      fc.pre((after === null || other.gt(after)) && (upTo === null || other.lte(upTo)))
      expect(costOf(model, other).minus(costOf(model, at)).eq(other.minus(at).times(slope))).toBe(true)
    }),
  )
})

test('the units of a slice cost its unit price each, apart from flat prices', () => {
  fc.assert(
    fc.property(tiers, quantity, quantity, (list, before, after) => {
      const model = { kind: 'graduated' as const, params: { tiers: list.map((tier) => ({ ...tier, flat: zero })) } }
      for (const { from, to, unitPrice } of slicesOf(model, before, after))
        expect(costOf(model, to).minus(costOf(model, from)).eq(to.minus(from).times(unitPrice))).toBe(true)
    }),
  )
})
