import { expect, test } from 'vitest'
import { localDateOf } from './local-date.ts'
import { type ServiceInterval, servicePeriodAt } from './service-period.ts'

const vienna = 'Europe/Vienna'
const dates = (interval: ServiceInterval, at: string, { anchorDay = 1, anchor = null as string | null, zone = vienna } = {}) => {
  const question = { cycle: { zone, anchorDay }, interval, anchor: anchor === null ? null : new Date(anchor), at: new Date(at) }
  const { start, end } = servicePeriodAt(question)
  return `${localDateOf(start, zone)} ${localDateOf(end, zone)}`
}

test('quarters and years of the calendar begin in January', () => {
  expect(dates({ unit: 'month', count: 3 }, '2026-05-20T10:00:00Z')).toBe('2026-04-01 2026-07-01')
  expect(dates({ unit: 'year', count: 1 }, '2026-05-20T10:00:00Z')).toBe('2026-01-01 2027-01-01')
})

test('by anniversary a year begins in the month and on the day of the start', () => {
  const anchor = '2026-02-08T09:00:00Z'
  expect(dates({ unit: 'year', count: 1 }, '2027-01-31T10:00:00Z', { anchorDay: 8, anchor })).toBe('2026-02-08 2027-02-08')
  expect(dates({ unit: 'month', count: 3 }, '2026-05-08T10:00:00Z', { anchorDay: 8, anchor })).toBe('2026-05-08 2026-08-08')
})

test('a quarter that began on 31 January ends on 30 April and the next one on 31 July', () => {
  const anchor = '2026-01-31T09:00:00Z'
  expect(dates({ unit: 'month', count: 3 }, '2026-03-01T10:00:00Z', { anchorDay: 31, anchor })).toBe('2026-01-31 2026-04-30')
  expect(dates({ unit: 'month', count: 3 }, '2026-05-01T10:00:00Z', { anchorDay: 31, anchor })).toBe('2026-04-30 2026-07-31')
})

test('a year from 29 February ends on the last day of February, and comes back to the 29th', () => {
  const anchor = '2028-02-29T09:00:00Z'
  const yearly = { unit: 'year', count: 1 } as const
  expect(dates(yearly, '2028-12-01T00:00:00Z', { anchorDay: 29, anchor })).toBe('2028-02-29 2029-02-28')
  expect(dates(yearly, '2032-03-01T00:00:00Z', { anchorDay: 29, anchor })).toBe('2032-02-29 2033-02-28')
})

test('weeks begin on Monday, or on the weekday of the start', () => {
  expect(dates({ unit: 'week', count: 1 }, '2026-06-10T10:00:00Z')).toBe('2026-06-08 2026-06-15')
  expect(dates({ unit: 'week', count: 2 }, '2026-06-20T10:00:00Z', { anchor: '2026-06-05T10:00:00Z' })).toBe('2026-06-19 2026-07-03')
})

test('a day lasts 23 hours when the clock goes forward', () => {
  const { start, end } = servicePeriodAt({
    cycle: { zone: vienna, anchorDay: 1 },
    interval: { unit: 'day', count: 1 },
    anchor: null,
    at: new Date('2026-03-29T10:00:00Z'),
  })
  expect((end.getTime() - start.getTime()) / 3_600_000).toBe(23)
})
