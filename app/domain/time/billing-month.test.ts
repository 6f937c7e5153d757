import { expect, test } from 'vitest'
import { billingMonthAt, billingMonthsStartingIn, hoursOf, lastClosedMonth, monthOf } from './billing-month.ts'
import { localDateOf } from './local-date.ts'

const berlin31 = { zone: 'Europe/Berlin', anchorDay: 31 }

test.each([
  ['Europe/Berlin', 3, '743'],
  ['Europe/Berlin', 10, '745'],
  ['America/New_York', 11, '721'],
  ['Pacific/Auckland', 9, '719'],
  ['Asia/Kolkata', 3, '744'],
])('in %s month %i of 2027 has %s hours', (zone, month, hours) => {
  expect(hoursOf(monthOf(zone, 2027, month)).toString()).toBe(hours)
})

test('a clock change of half an hour makes half an hour of difference', () => {
  expect(hoursOf(monthOf('Australia/Lord_Howe', 2027, 4)).toString()).toBe('720.5')
})

test('billing day 31 falls on the last day of shorter months and returns afterwards', () => {
  const span = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2027-07-01T00:00:00Z') }
  const starts = billingMonthsStartingIn(berlin31, span).map((month) => localDateOf(month.start, 'Europe/Berlin'))
  expect(starts).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30'])
})

test('the first instant of a month belongs to it, the last one before does not', () => {
  const cycle = { zone: 'Europe/Vienna', anchorDay: 1 }
  expect(billingMonthAt(cycle, new Date('2026-05-31T22:00:00Z')).start.toISOString()).toBe('2026-05-31T22:00:00.000Z')
  expect(billingMonthAt(cycle, new Date('2026-05-31T21:59:59.999Z')).start.toISOString()).toBe('2026-04-30T22:00:00.000Z')
})

test('a run on the first closes the month before', () => {
  const closed = lastClosedMonth({ zone: 'Asia/Dubai', anchorDay: 1 }, new Date('2026-07-01T03:00:00Z'))
  expect(closed).toEqual({ start: new Date('2026-05-31T20:00:00Z'), end: new Date('2026-06-30T20:00:00Z') })
})
