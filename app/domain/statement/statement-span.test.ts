import { expect, test } from 'vitest'
import { statementDays, usualPeriods } from './statement-span.ts'

test('a statement is of the running month up to today unless asked otherwise', () => {
  expect(statementDays({}, '2026-06-17')).toEqual({ from: '2026-06-01', to: '2026-06-17' })
  expect(statementDays({ to: '2026-03-31' }, '2026-06-17')).toEqual({ from: '2026-03-01', to: '2026-03-31' })
  expect(statementDays({ from: '2026-07-01' }, '2026-06-17')).toEqual({ from: '2026-07-01', to: '2026-07-01' })
})

test('days the wrong way round are turned', () => {
  expect(statementDays({ from: '2026-06-30', to: '2026-06-01' }, '2026-07-02')).toEqual({ from: '2026-06-01', to: '2026-06-30' })
})

test('the month before January is December', () => {
  expect(usualPeriods('2027-01-05').map(({ from, to }) => [from, to])).toEqual([
    ['2027-01-01', '2027-01-05'],
    ['2026-12-01', '2026-12-31'],
    ['2027-01-01', '2027-01-05'],
  ])
})
