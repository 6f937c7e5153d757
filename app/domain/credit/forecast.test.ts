import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { daysLeft, reachedAt } from './forecast.ts'

const now = new Date('2026-06-10T00:00:00Z')

test('100.00 last 20 days when 35.00 were spent in 7', () => {
  const left = daysLeft(money(10_000n, 'EUR'), { spentMinor: 3500n, days: 7 })
  expect(left).toBe(20)
  expect(reachedAt(now, left)).toEqual(new Date('2026-06-30T00:00:00Z'))
})

test('a limit that nobody spends is never reached, and one that is used up is reached now', () => {
  expect(daysLeft(money(10_000n, 'EUR'), { spentMinor: 0n, days: 7 })).toBeNull()
  expect(reachedAt(now, null)).toBeNull()
  expect(reachedAt(now, daysLeft(money(-1n, 'EUR'), { spentMinor: 1n, days: 7 }))).toEqual(now)
})

test('what lies more than a year ahead is no forecast', () => {
  expect(reachedAt(now, 366)).toBeNull()
})
