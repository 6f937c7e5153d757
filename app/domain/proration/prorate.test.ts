import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { fromDecimal } from '../money/money.ts'
import { monthOf } from '../time/billing-month.ts'
import { type ProrationPolicy, prorate } from './prorate.ts'

const price = new Decimal('45.00')
const cents = (amount: Decimal) => fromDecimal(amount, 'EUR').minor
const march = monthOf('UTC', 2026, 3)
const fromTwelfth = { start: new Date('2026-03-12T06:00:00Z'), end: march.end }

test.each<[ProrationPolicy, bigint]>([
  ['second', 2867n],
  ['day', 2903n],
  ['none', 4500n],
])('45.00 a month from 12 March 06:00 by %s costs %i cents', (policy, expected) => {
  expect(cents(prorate(price, { policy, cycle: march, used: fromTwelfth, zone: 'UTC' }))).toBe(expected)
})

test('in a month of 743 hours the missing hour is not paid for', () => {
  const cycle = monthOf('Europe/Berlin', 2027, 3)
  const used = { start: new Date('2027-03-12T05:00:00Z'), end: cycle.end }
  expect(cents(prorate(price, { policy: 'second', cycle, used, zone: 'Europe/Berlin' }))).toBe(2865n)
})

test('half a cent rounds away from zero, for charges and for credits', () => {
  const cycle = monthOf('UTC', 2026, 4)
  const used = { start: cycle.start, end: new Date('2026-04-16T00:00:00Z') }
  expect(cents(prorate(new Decimal('0.01'), { policy: 'second', cycle, used, zone: 'UTC' }))).toBe(1n)
  expect(cents(prorate(new Decimal('-0.01'), { policy: 'second', cycle, used, zone: 'UTC' }))).toBe(-1n)
})

test('a part outside the cycle is a mistake of the caller', () => {
  const used = { start: march.start, end: new Date('2026-04-02T00:00:00Z') }
  expect(() => prorate(price, { policy: 'second', cycle: march, used, zone: 'UTC' })).toThrow('outside the cycle')
})
