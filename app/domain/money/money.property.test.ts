import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from './allocate.ts'
import { apportion } from './apportion.ts'
import { Decimal } from './decimal.ts'
import { add, fromDecimal, money, negate, sum, toDecimal } from './money.ts'

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')
const amount = fc
  .tuple(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => new Decimal(digits.toString()).div(new Decimal(10).pow(places)))
const weights = fc
  .array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 20 })
  .map((values) => values.map((value) => new Decimal(value.toString())))

test('rounding is the same for a charge and its credit, and together they are nothing', () => {
  fc.assert(
    fc.property(amount, currency, (value, code) => {
      const charged = fromDecimal(value, code)
      const credited = fromDecimal(value.negated(), code)
      expect(credited).toEqual(negate(charged))
      expect(add(charged, credited).minor).toBe(0n)
      expect(
        toDecimal(charged)
          .minus(value)
          .abs()
          .times(2)
          .lte(toDecimal(money(1n, code))),
      ).toBe(true)
    }),
  )
})

test('shares sum to the whole, none is a full minor unit off, and no weight means no share', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), currency, weights, (minor, code, parts) => {
      const total = parts.reduce((all, part) => all.plus(part), new Decimal(0))
      fc.pre(!total.isZero())
      const shares = allocate(money(minor, code), parts)
      expect(sum(code, shares).minor).toBe(minor)
      shares.forEach((share, index) => {
        const exact = new Decimal(minor.toString()).times(parts[index] ?? 0).div(total)
        expect(exact.minus(share.minor.toString()).abs().lt(1)).toBe(true)
        if (parts[index]?.isZero()) expect(share.minor).toBe(0n)
      })
    }),
  )
})

test('adjacent slices of an amount add up to the slice that covers them', () => {
  const cuts = fc.tuple(fc.bigInt(0n, 10n ** 10n), fc.bigInt(0n, 10n ** 10n), fc.bigInt(0n, 10n ** 10n), fc.bigInt(1n, 10n ** 10n))
  fc.assert(
    fc.property(amount, cuts, (whole, [a, b, c, d]) => {
      const [from, middle, to] = [a, a + b, a + b + c]
      const of = a + b + c + d
      const parts = apportion(whole, { from, to: middle, of }).plus(apportion(whole, { from: middle, to, of }))
      expect(parts.eq(apportion(whole, { from, to, of }))).toBe(true)
      expect(apportion(whole, { from: 0n, to: of, of }).eq(whole)).toBe(true)
    }),
  )
})
