import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryModel, arbitraryQuantity, arbitraryRisingModel, arbitraryTiers } from '#tests/support/arbitrary-model.ts'
import { Decimal } from '../../money/decimal.ts'
import { costOf, segmentOf, slicesOf } from './registry.ts'

const zero = new Decimal(0)

test('more use never costs less, save by volume', () => {
  fc.assert(
    fc.property(arbitraryRisingModel, arbitraryQuantity, arbitraryQuantity, (model, a, b) => {
      expect(costOf(model, a.plus(b)).gte(costOf(model, a))).toBe(true)
    }),
  )
})

test('the deltas of a period, in any cut, cost what the period costs', () => {
  fc.assert(
    fc.property(arbitraryModel, fc.array(arbitraryQuantity, { maxLength: 8 }), (model, deltas) => {
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
    fc.property(arbitraryModel, arbitraryQuantity, arbitraryQuantity, (model, before, after) => {
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
    fc.property(arbitraryModel, arbitraryQuantity, arbitraryQuantity, (model, at, other) => {
      const { after, upTo, slope } = segmentOf(model, at)
      expect((after === null || at.gt(after)) && (upTo === null || at.lte(upTo))).toBe(true)
      fc.pre((after === null || other.gt(after)) && (upTo === null || other.lte(upTo)))
      expect(costOf(model, other).minus(costOf(model, at)).eq(other.minus(at).times(slope))).toBe(true)
    }),
  )
})

test('the units of a slice cost its unit price each, apart from flat prices', () => {
  fc.assert(
    fc.property(arbitraryTiers, arbitraryQuantity, arbitraryQuantity, (list, before, after) => {
      const model = { kind: 'graduated' as const, params: { tiers: list.map((tier) => ({ ...tier, flat: zero })) } }
      for (const { from, to, unitPrice } of slicesOf(model, before, after))
        expect(costOf(model, to).minus(costOf(model, from)).eq(to.minus(from).times(unitPrice))).toBe(true)
    }),
  )
})
