import { expect, test } from 'vitest'
import { recentMonths } from './months.server.ts'

test("the running month is the seller's, not that of UTC", () => {
  expect(recentMonths(new Date('2026-10-31T23:30:00Z'), 'Europe/Vienna')[0]).toBe('2026-11')
  expect(recentMonths(new Date('2026-10-31T23:30:00Z'), 'UTC')[0]).toBe('2026-10')
})

test('twelve months reach over the turn of the year', () => {
  expect(recentMonths(new Date('2026-02-10T00:00:00Z'), 'UTC').slice(0, 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
})
