import { expect, test } from 'vitest'
import { typedAmount } from './typed-amount.ts'

test('an amount is read in the decimals of its currency', () =>
  expect(['19.9', '19.99', '0'].map((text) => typedAmount(text, 'EUR')?.minor)).toEqual([1990n, 1999n, 0n]))
test('what the currency cannot hold is no amount', () =>
  expect([
    typedAmount('19.999', 'EUR'),
    typedAmount('1.5', 'JPY'),
    typedAmount('1e3', 'EUR'),
    typedAmount('-1', 'EUR'),
    typedAmount('1', 'XYZ'),
  ]).toEqual(Array(5).fill(undefined)))
