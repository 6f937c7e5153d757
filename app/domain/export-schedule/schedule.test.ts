import { expect, test } from 'vitest'
import { dueRuns, nextRunAfter } from './schedule.ts'

test('a daily schedule runs tomorrow, a monthly one on the first of the next month', () => {
  expect(nextRunAfter('daily', '2026-12-31')).toBe('2027-01-01')
  expect(nextRunAfter('monthly', '2026-12-31')).toBe('2027-01-01')
  expect(nextRunAfter('monthly', '2026-02-01')).toBe('2026-03-01')
})

test('nothing is due before its day; on the first a daily file is about the month that ended', () => {
  expect(dueRuns({ rhythm: 'daily', nextOn: '2026-07-02', today: '2026-07-01' })).toEqual([])
  expect(dueRuns({ rhythm: 'daily', nextOn: '2026-07-01', today: '2026-07-01' })).toEqual([{ dueOn: '2026-07-01', through: '2026-06-30' }])
})

test('of days that were missed one run makes up; of months each is made', () => {
  expect(dueRuns({ rhythm: 'daily', nextOn: '2026-07-01', today: '2026-07-05' })).toEqual([{ dueOn: '2026-07-05', through: '2026-07-04' }])
  expect(dueRuns({ rhythm: 'monthly', nextOn: '2026-06-01', today: '2026-07-20' })).toEqual([
    { dueOn: '2026-06-01', through: '2026-05-31' },
    { dueOn: '2026-07-01', through: '2026-06-30' },
  ])
  expect(dueRuns({ rhythm: 'monthly', nextOn: '2020-01-01', today: '2026-07-20' })).toHaveLength(12)
})
