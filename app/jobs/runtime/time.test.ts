import { expect, test } from 'vitest'
import { dueAt, nextTick, retryAfter, retryDelayMs } from './time.ts'

const noon = new Date('2026-03-01T12:00:00Z')

test('a span is counted from now, an instant is itself', () => {
  expect(dueAt('1w2d3h4m5s', noon).toISOString()).toBe('2026-03-10T15:04:05.000Z')
  expect(dueAt('', noon)).toEqual(noon)
  expect(dueAt('2026-04-01T00:00:00.000Z', noon).toISOString()).toBe('2026-04-01T00:00:00.000Z')
  expect(() => dueAt('tomorrow', noon)).toThrow('neither a span nor an instant')
})

test('a schedule ticks by the wall clock of its zone, through both changes of the clocks', () => {
  const berlin = (after: string) => nextTick('TZ=Europe/Berlin 30 6 * * *', new Date(after)).toISOString()
  expect(berlin('2026-03-28T12:00:00Z')).toBe('2026-03-29T04:30:00.000Z')
  expect(berlin('2026-03-27T12:00:00Z')).toBe('2026-03-28T05:30:00.000Z')
  expect(berlin('2026-10-24T12:00:00Z')).toBe('2026-10-25T05:30:00.000Z')
})

test('a schedule without a zone ticks in UTC', () => {
  expect(nextTick('0 0 1 * *', noon).toISOString()).toBe('2026-04-01T00:00:00.000Z')
})

test('retries wait twice as long each time, up to a quarter of an hour, spread by half', () => {
  expect([0, 1, 2, 3, 20].map((attempt) => retryDelayMs(attempt, () => 0.5))).toEqual([2000, 4000, 8000, 16_000, 900_000])
  expect(retryDelayMs(0, () => 0)).toBe(1000)
  expect(retryDelayMs(0, () => 0.999_999)).toBeCloseTo(3000, 0)
})

test('Retry-After gives seconds or an instant, and nonsense is ignored', () => {
  expect(retryAfter('90', noon)?.toISOString()).toBe('2026-03-01T12:01:30.000Z')
  expect(retryAfter('2026-03-02T00:00:00.000Z', noon)?.toISOString()).toBe('2026-03-02T00:00:00.000Z')
  expect(retryAfter('soon', noon)).toBeUndefined()
})
