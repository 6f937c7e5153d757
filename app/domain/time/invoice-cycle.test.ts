import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarAnchor, cycleAt, cyclesWithin, cycleUnits, dueCycles, type InvoiceCycle } from './invoice-cycle.ts'
import { addDays } from './local-date.ts'

const monthly: InvoiceCycle = { unit: 'month', count: 1, anchor: calendarAnchor }
const on31st: InvoiceCycle = { ...monthly, day: 31 }

describe('the cycle of a date', () => {
  test.each([
    ['day', 1, '2026-06-10', '2026-06-10', '2026-06-11'],
    ['week', 1, '2026-06-10', '2026-06-08', '2026-06-15'],
    ['month', 1, '2026-06-10', '2026-06-01', '2026-07-01'],
    ['month', 3, '2026-06-10', '2026-04-01', '2026-07-01'],
    ['month', 6, '2026-06-30', '2026-01-01', '2026-07-01'],
    ['year', 1, '2026-06-10', '2026-01-01', '2027-01-01'],
  ] as const)('by the calendar, every %s x %i, of %s is %s to %s', (unit, count, date, start, end) => {
    expect(cycleAt({ unit, count, anchor: calendarAnchor }, date)).toEqual({ start, end })
  })

  test.each([
    ['2026-02-27', '2026-01-31', '2026-02-28'],
    ['2026-02-28', '2026-02-28', '2026-03-31'],
    ['2028-02-28', '2028-01-31', '2028-02-29'],
    ['2026-03-30', '2026-02-28', '2026-03-31'],
    ['2026-04-30', '2026-04-30', '2026-05-31'],
    ['1999-12-31', '1999-12-31', '2000-01-31'],
  ])('of a contract billed on the 31st, of %s is %s to %s', (date, start, end) => {
    expect(cycleAt(on31st, date)).toEqual({ start, end })
  })

  test('of a quarter from February on the 31st begins on the last day of February', () => {
    const quarterly: InvoiceCycle = { unit: 'month', count: 3, anchor: '2026-02-15', day: 31 }
    expect(cycleAt(quarterly, '2026-04-30')).toEqual({ start: '2026-02-28', end: '2026-05-31' })
  })

  test('of a year that began on 29 February begins on the 28th of common years', () => {
    expect(cycleAt({ unit: 'year', count: 1, anchor: '2024-02-29' }, '2026-02-28')).toEqual({ start: '2026-02-28', end: '2027-02-28' })
    expect(cycleAt({ unit: 'year', count: 1, anchor: '2024-02-29' }, '2028-02-28')).toEqual({ start: '2027-02-28', end: '2028-02-29' })
  })
})

test('the cycles of any contract tile the calendar', () => {
  const dates = fc.integer({ min: -4000, max: 20_000 }).map((days) => addDays('2015-06-15', days))
  const days = fc.integer({ min: 1, max: 31 })
  const cycles = fc.record({ unit: fc.constantFrom(...cycleUnits), count: fc.integer({ min: 1, max: 7 }), anchor: dates, day: days })
  fc.assert(
    fc.property(cycles, dates, (cycle, date) => {
      const { start, end } = cycleAt(cycle, date)
      expect(start <= date && date < end).toBe(true)
      expect(cycleAt(cycle, end).start).toBe(end)
      expect(cycleAt(cycle, addDays(start, -1)).end).toBe(start)
    }),
  )
})

describe('what falls due', () => {
  const june = { start: '2026-06-01', end: '2026-07-01' }
  const since = '2020-01-01'

  test('in the run of a month is that month, for a contract by the calendar', () => {
    expect(dueCycles(monthly, june, since)).toEqual(june)
  })

  test('is the month of an anniversary that ended in the window', () => {
    expect(dueCycles({ ...monthly, anchor: '2001-01-05' }, june, since)).toEqual({ start: '2026-05-05', end: '2026-06-05' })
  })

  test('is nothing in the first two months of a quarter', () => {
    const quarterly: InvoiceCycle = { unit: 'month', count: 3, anchor: calendarAnchor }
    expect(dueCycles(quarterly, { start: '2026-05-01', end: '2026-06-01' }, since)).toBeUndefined()
    expect(dueCycles(quarterly, june, since)).toEqual({ start: '2026-04-01', end: '2026-07-01' })
  })

  test('of a day is one day, and of a month the days that nobody billed, together', () => {
    const daily: InvoiceCycle = { unit: 'day', count: 1, anchor: calendarAnchor }
    expect(dueCycles(daily, { start: '2026-06-09', end: '2026-06-10' }, since)).toEqual({ start: '2026-06-09', end: '2026-06-10' })
    expect(dueCycles(daily, june, '2026-06-21')).toEqual({ start: '2026-06-21', end: '2026-07-01' })
  })

  test('never comes up again once it is invoiced', () => {
    expect(dueCycles(monthly, june, '2026-07-01')).toBeUndefined()
    expect(dueCycles(monthly, june, '2026-06-01')).toEqual(june)
  })
})

test('four weeks are four cycles; half of one is none', () => {
  const weeks = { unit: 'week', count: 1, anchor: calendarAnchor } as const
  expect(cyclesWithin(weeks, { start: '2026-06-01', end: '2026-06-29' }).map(({ end }) => end)).toEqual([
    '2026-06-08',
    '2026-06-15',
    '2026-06-22',
    '2026-06-29',
  ])
  expect(cyclesWithin(weeks, { start: '2026-06-01', end: '2026-06-04' })).toEqual([])
})
