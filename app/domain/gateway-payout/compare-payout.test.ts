import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { differenceOf, type SettledLine, sumsOf } from './compare-payout.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const line = (kind: SettledLine['kind'], amount: bigint, fee = 0n): SettledLine => ({ kind, ref: 'x', amount: eur(amount), fee: eur(fee) })
const fact = (minor: bigint, isPaidBefore = false) => ({ id: 'a', minor, isPaidBefore })

test.each([
  ['a payment of its sum agrees', line('payment', 100n), fact(100n), null],
  ['a payment of another sum does not', line('payment', 99n), fact(100n), 'other-amount'],
  ['a payment nobody knows is unknown', line('payment', 100n), undefined, 'unknown'],
  ['a payment that was paid out before is there twice', line('payment', 100n), fact(100n, true), 'twice'],
  ['a refund goes the other way', line('refund', -30n), fact(-30n), null],
  ['money of a dispute goes', line('dispute', -100n), fact(-100n), null],
  ['and comes back when it is won', line('dispute', 100n), fact(-100n, true), null],
  ['a fee names nothing', line('fee', -5n), undefined, null],
  ['an adjustment is unknown', line('other', 5n), undefined, 'unknown'],
] as const)('%s', (_name, own, known, difference) => {
  expect(differenceOf(own, known)).toBe(difference)
})

test('fees are counted once: those of payments, those that are lines, not those of disputes', () => {
  const lines = [
    line('payment', 10_000n, 150n),
    line('refund', -2_000n),
    line('dispute', -5_000n, 1_500n),
    line('fee', -200n),
    line('fee', 0n, 50n),
  ]
  expect(sumsOf(lines, 'EUR')).toEqual({ moved: eur(1_500n), fee: eur(400n), arrives: eur(1_100n) })
})
