import { describe, expect, test } from 'vitest'
import { bookMonthOf, checkClosing, daysOfMonth, nextToClose } from './accounting-period.ts'

const zone = 'Europe/Vienna'
const now = new Date('2026-09-10T08:00:00Z')
const close = (month: string, books: Parameters<typeof nextToClose>[0]) => {
  const checked = checkClosing(books, { month, now, zone })
  return checked.ok ? 'closes' : checked.error
}

test('a date counts for its month, a month runs to the first of the next', () => {
  expect(bookMonthOf('2026-12-31')).toBe('2026-12')
  expect(daysOfMonth('2026-12')).toEqual({ start: '2026-12-01', end: '2027-01-01' })
})

describe('months are closed one after the other', () => {
  const books = { firstMonth: '2026-05', lastClosed: '2026-07' }
  test.each([
    ['2026-08', 'closes'],
    ['2026-07', 'period-already-closed'],
    ['2026-04', 'period-already-closed'],
    ['2026-09', 'earlier-period-open'],
    ['2026-10', 'earlier-period-open'],
  ])('%s after July: %s', (month, answer) => expect(close(month, books)).toBe(answer))

  test('beginning with the month of the first entry', () => {
    expect(close('2026-05', { firstMonth: '2026-05', lastClosed: null })).toBe('closes')
    expect(close('2026-04', { firstMonth: '2026-05', lastClosed: null })).toBe('nothing-booked')
    expect(close('2026-06', { firstMonth: '2026-05', lastClosed: null })).toBe('earlier-period-open')
    expect(close('2026-06', { firstMonth: null, lastClosed: null })).toBe('nothing-booked')
    expect(nextToClose({ firstMonth: null, lastClosed: null })).toBeNull()
  })

  test('each when it is over in the seller’s zone', () => {
    const books = { firstMonth: '2026-06', lastClosed: null }
    const at = (instant: string) => checkClosing(books, { month: '2026-06', now: new Date(instant), zone: 'America/New_York' }).ok
    expect([at('2026-07-01T03:59:59Z'), at('2026-07-01T04:00:00Z')]).toEqual([false, true])
  })

  test('December is followed by January', () => {
    expect(nextToClose({ firstMonth: '2026-01', lastClosed: '2026-12' })).toBe('2027-01')
  })
})
