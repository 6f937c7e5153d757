import { expect, test } from 'vitest'
import { nextCheckAt, retryMinutes } from './vat-id-schedule.ts'

const june = new Date('2026-06-01T08:00:00Z')

test('a register that does not answer is asked again after 15 minutes, then ever later, at most a day', () => {
  expect([1, 2, 3, 7, 8, 40].map(retryMinutes)).toEqual([15, 30, 60, 960, 1440, 1440])
  expect(nextCheckAt({ answer: null, failures: 3, lastFailure: june })).toEqual(new Date('2026-06-01T09:00:00Z'))
})

test('a failure is made good before an old answer is renewed', () =>
  expect(nextCheckAt({ answer: { outcome: 'valid', at: new Date('2026-01-01T00:00:00Z') }, failures: 1, lastFailure: june })).toEqual(
    new Date('2026-06-01T08:15:00Z'),
  ))

test('an id that was valid is asked about again after 90 days, one that was not after a week, a new one at once', () => {
  expect(nextCheckAt({ answer: { outcome: 'valid', at: june }, failures: 0, lastFailure: null })).toEqual(new Date('2026-08-30T08:00:00Z'))
  expect(nextCheckAt({ answer: { outcome: 'invalid', at: june }, failures: 0, lastFailure: null })).toEqual(
    new Date('2026-06-08T08:00:00Z'),
  )
  expect(nextCheckAt({ answer: null, failures: 0, lastFailure: null })).toBeNull()
})
