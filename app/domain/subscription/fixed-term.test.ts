import { expect, test } from 'vitest'
import { localDateOf, startOfDay } from '../time/local-date.ts'
import { firstTerm, nextTermEnd } from './fixed-term.ts'

const zone = 'Europe/Berlin'
const date = (text: string) => startOfDay(text, zone)
const next = (startedAt: string, start: string, end: string) =>
  localDateOf(nextTermEnd({ startedAt: date(startedAt), start: date(start), end: date(end), zone }), zone)

test('a year is followed by a year, also from a leap day', () => {
  expect(next('2026-03-15', '2026-03-15', '2027-03-15')).toBe('2028-03-15')
  expect(next('2024-02-29', '2026-02-28', '2027-02-28')).toBe('2028-02-29')
})

test('a quarter from 31 January ends on 30 April, the next one on 31 July', () => {
  expect(next('2026-01-31', '2026-01-31', '2026-04-30')).toBe('2026-07-31')
  expect(next('2026-01-31', '2026-04-30', '2026-07-31')).toBe('2026-10-31')
})

test('ten days are followed by ten days', () => {
  expect(next('2026-06-01', '2026-06-01', '2026-06-11')).toBe('2026-06-21')
})

test('a term that spans a change of the clock ends at the same time of day', () => {
  const term = {
    startedAt: new Date('2026-01-15T09:00:00Z'),
    start: new Date('2026-01-15T09:00:00Z'),
    end: new Date('2026-02-15T09:00:00Z'),
    zone,
  }
  expect(nextTermEnd({ ...term, start: new Date('2026-02-15T09:00:00Z'), end: new Date('2026-03-15T09:00:00Z') })).toEqual(
    new Date('2026-04-15T08:00:00Z'),
  )
})

test('a plan says how long its term and its trial last', () => {
  const begin = { startedAt: new Date('2026-03-20T09:00:00Z'), zone }
  expect(firstTerm({ termMonths: 12, trialDays: 14 }, begin)).toEqual({
    endsAt: new Date('2027-03-20T09:00:00Z'),
    trialEndsAt: new Date('2026-04-03T08:00:00Z'),
    endsWithTerm: false,
  })
  const nothing = { endsAt: null, trialEndsAt: null, endsWithTerm: false }
  expect(firstTerm({ termMonths: null, cpuNumber: 2, atTermEnd: 'ends' }, begin)).toEqual(nothing)
  expect(firstTerm(null, begin)).toEqual(nothing)
  expect(firstTerm({ termMonths: 3, atTermEnd: 'ends' }, begin).endsWithTerm).toBe(true)
})
