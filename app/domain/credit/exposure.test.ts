import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { availableOf, exposureOf, howManyFit, ratedWithTax, usedPercent } from './exposure.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const none = new Decimal(0)
const nothing = { open: eur(0n), rated: eur(0n), reserved: eur(0n), prepaid: eur(0n), unapplied: eur(0n) }

test('open 1,240.00, rated 610.50 and reserved 149.50 less prepaid 200.00 and unapplied 100.00 leave 3,300.00 of 5,000.00', () => {
  const parts = { open: eur(124_000n), rated: eur(61_050n), reserved: eur(14_950n), prepaid: eur(20_000n), unapplied: eur(10_000n) }
  expect(exposureOf(parts)).toEqual(eur(170_000n))
  expect(usedPercent(eur(500_000n), exposureOf(parts))).toBe(34)
  expect(availableOf(eur(500_000n), parts)).toEqual(eur(330_000n))
})

test('what the parent took for a child counts net of its charge: exposure -27.00, available 77.00', () => {
  const parts = { ...nothing, rated: eur(7000n), unapplied: eur(9700n) }
  expect(exposureOf(parts)).toEqual(eur(-2700n))
  expect(availableOf(eur(5000n), parts)).toEqual(eur(7700n))
})

test('a server of 24.20 leaves 4,975.80; 206 more lack 9.40, and 205 fit and leave 14.80', () => {
  const available = availableOf(eur(500_000n), { ...nothing, reserved: eur(2420n) })
  expect(available).toEqual(eur(497_580n))
  expect(206n * 2420n - available.minor).toBe(940n)
  expect(howManyFit(available, eur(2420n))).toEqual({ count: 205, left: eur(1480n) })
})

test('nothing fits where nothing is left', () => {
  expect(howManyFit(eur(-5n), eur(2420n))).toEqual({ count: 0, left: eur(0n) })
  expect(howManyFit(eur(100n), eur(2420n))).toEqual({ count: 0, left: eur(100n) })
})

test('three servers of a department come to 385.56 with 19 % tax, one more for half a month to 64.26: 29.82 is missing of 420.00', () => {
  expect(ratedWithTax({ net: new Decimal('324.00'), rate: new Decimal(19), otherTax: none }, 'EUR')).toEqual(eur(38_556n))
  expect(ratedWithTax({ net: new Decimal('54.00'), rate: new Decimal(19), otherTax: none }, 'EUR')).toEqual(eur(6426n))
  expect(availableOf(eur(42_000n), { ...nothing, reserved: eur(38_556n) })).toEqual(eur(6426n - 2982n))
  expect(availableOf(eur(60_000n), { ...nothing, reserved: eur(38_556n + 6426n) })).toEqual(eur(15_018n))
})

test('a buyer under reverse charge is rated without tax, yen without decimals', () => {
  expect(ratedWithTax({ net: new Decimal('5.765'), rate: new Decimal(0), otherTax: none }, 'EUR')).toEqual(eur(577n))
  expect(ratedWithTax({ net: new Decimal('100'), rate: new Decimal('10'), otherTax: none }, 'JPY')).toEqual(money(110n, 'JPY'))
})

test('books at 7 % beside a server at 19 %: 100.00 and 50.00 net come to 172.50, rounded once', () => {
  const rated = { net: new Decimal('150.00'), rate: new Decimal(19) }
  expect(ratedWithTax({ ...rated, otherTax: new Decimal('-6.00') }, 'EUR')).toEqual(eur(17_250n))
  expect(ratedWithTax({ ...rated, otherTax: new Decimal('-6.004') }, 'EUR')).toEqual(eur(17_250n))
})

test('a prepaid account has no share of a limit', () => {
  expect(usedPercent(eur(0n), eur(500n))).toBeNull()
})
