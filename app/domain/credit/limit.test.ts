import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { startOfDay } from '../time/local-date.ts'
import { usedPercent } from './exposure.ts'
import { type LimitRow, limitAt } from './limit.ts'

const zone = 'Europe/Berlin'
const eur = (minor: bigint) => money(minor, 'EUR')
const base: LimitRow = { kind: 'base', amountMinor: 500_000n, validFrom: new Date('2026-01-01T00:00:00Z'), validUntil: null }
const june: LimitRow = {
  kind: 'increase',
  amountMinor: 200_000n,
  validFrom: startOfDay('2026-06-10', zone),
  validUntil: startOfDay('2026-07-01', zone),
}

test('an increase from 10 June until 1 July counts from its first instant and ends at midnight of the seller', () => {
  const at = (instant: string) => limitAt([base, june], new Date(instant), 'EUR')
  expect(at('2026-06-09T21:59:59Z')).toEqual(eur(500_000n))
  expect(at('2026-06-09T22:00:00Z')).toEqual(eur(700_000n))
  expect(at('2026-06-30T21:59:59Z')).toEqual(eur(700_000n))
  expect(at('2026-06-30T22:00:00Z')).toEqual(eur(500_000n))
})

test('5,600.00 are 80 % of the raised limit, and 112 % the day after', () => {
  expect(usedPercent(limitAt([base, june], new Date('2026-06-30T12:00:00Z'), 'EUR'), eur(560_000n))).toBe(80)
  expect(usedPercent(limitAt([base, june], new Date('2026-07-01T12:00:00Z'), 'EUR'), eur(560_000n))).toBe(112)
})

test('of several bases the last that began counts; increases add up; without a base there is no limit', () => {
  const lower: LimitRow = { ...base, amountMinor: 100_000n, validFrom: new Date('2026-06-15T00:00:00Z') }
  expect(limitAt([lower, base], new Date('2026-06-20T00:00:00Z'), 'EUR')).toEqual(eur(100_000n))
  expect(limitAt([base, june, june], new Date('2026-06-20T00:00:00Z'), 'EUR')).toEqual(eur(900_000n))
  expect(limitAt([], new Date('2026-06-20T00:00:00Z'), 'EUR')).toEqual(eur(0n))
})
