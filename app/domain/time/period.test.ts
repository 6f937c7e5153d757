import { expect, test } from 'vitest'
import { contains, containsInstant, intersect, lengthMs, period, splitAt } from './period.ts'

const at = (text: string) => new Date(`2026-06-${text}:00Z`)
const day = period(at('01T00:00'), at('02T00:00'))

test('the instant of the end is not part of a period', () => {
  expect(containsInstant(day, at('01T00:00'))).toBe(true)
  expect(containsInstant(day, at('02T00:00'))).toBe(false)
})

test('an empty or reversed period is refused', () => {
  expect(() => period(at('01T00:00'), at('01T00:00'))).toThrow('after the start')
  expect(() => period(at('02T00:00'), at('01T00:00'))).toThrow('after the start')
})

test('periods that only touch have nothing in common', () => {
  expect(intersect(day, period(at('02T00:00'), at('03T00:00')))).toBeUndefined()
  expect(intersect(day, period(at('01T18:00'), at('02T06:00')))).toEqual(period(at('01T18:00'), at('02T00:00')))
  expect(contains(day, period(at('01T18:00'), at('02T06:00')))).toBe(false)
})

test('a period is cut at the boundaries inside it, in any order, and the pieces tile it', () => {
  expect(splitAt(day, [at('01T18:00'), at('01T06:00'), at('01T18:00'), at('02T00:00'), at('05T00:00')])).toEqual([
    period(at('01T00:00'), at('01T06:00')),
    period(at('01T06:00'), at('01T18:00')),
    period(at('01T18:00'), at('02T00:00')),
  ])
  expect(lengthMs(day)).toBe(86_400_000n)
})
