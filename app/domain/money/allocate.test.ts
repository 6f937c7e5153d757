import { expect, test } from 'vitest'
import { allocate } from './allocate.ts'
import { Decimal } from './decimal.ts'
import { money } from './money.ts'

const weights = (...values: (number | string)[]) => values.map((value) => new Decimal(value))
const minors = (shares: readonly { minor: bigint }[]) => shares.map((share) => share.minor)

test('50.00 EUR by three is 16.67, 16.67 and 16.66', () => {
  expect(minors(allocate(money(5000n, 'EUR'), weights(1, 1, 1)))).toEqual([1667n, 1667n, 1666n])
})

test('2000 JPY by three is 667, 667 and 666', () => {
  expect(minors(allocate(money(2000n, 'JPY'), weights(1, 1, 1)))).toEqual([667n, 667n, 666n])
})

test('1.000 KWD by seven is six times 0.143 and once 0.142', () => {
  expect(minors(allocate(money(1000n, 'KWD'), weights(1, 1, 1, 1, 1, 1, 1)))).toEqual([143n, 143n, 143n, 143n, 143n, 143n, 142n])
})

test('0.05 EUR by 3:7 is 0.02 and 0.03', () => {
  expect(minors(allocate(money(5n, 'EUR'), weights(3, 7)))).toEqual([2n, 3n])
})

test('a credit splits like the charge it mirrors', () => {
  expect(minors(allocate(money(-5000n, 'EUR'), weights(1, 1, 1)))).toEqual([-1667n, -1667n, -1666n])
})

test('a share of no weight gets nothing, even when units are left over', () => {
  expect(minors(allocate(money(100n, 'EUR'), weights(0, 1, 1, 1)))).toEqual([0n, 34n, 33n, 33n])
})

test('weights may have decimals', () => {
  expect(minors(allocate(money(1001n, 'EUR'), weights('60.00', '40')))).toEqual([601n, 400n])
})

test('nothing can be split by nothing, something cannot', () => {
  expect(minors(allocate(money(0n, 'EUR'), weights(0, 0)))).toEqual([0n, 0n])
  expect(() => allocate(money(1n, 'EUR'), weights(0, 0))).toThrow('no weight')
  expect(() => allocate(money(1n, 'EUR'), weights(2, -1))).toThrow('zero or more')
})
