import { describe, expect, test } from 'vitest'
import { type CollectionTry, dueStep, isExpiryToTell, typedRetryDays, usualRetryDays } from './auto-pay.ts'

const failed = (step: number, failureCode = 'insufficient-funds', paymentMethodId = 'card'): CollectionTry => ({
  step,
  state: 'failed',
  failureCode,
  paymentMethodId,
})
const at = (today: string, tries: readonly CollectionTry[] = [], paymentMethodId = 'card') =>
  dueStep({ dueDate: '2026-07-15', today, tries, paymentMethodId, retryDays: usualRetryDays })

describe('a due invoice is collected', () => {
  test('on its due date, not before, and once', () => {
    expect(at('2026-07-14')).toBeNull()
    expect(at('2026-07-15')).toBe(0)
    expect(at('2026-07-15', [failed(0)])).toBeNull()
  })

  test('again one, three and seven days later, and then no more', () => {
    expect(at('2026-07-16', [failed(0)])).toBe(1)
    expect(at('2026-07-17', [failed(0), failed(1)])).toBeNull()
    expect(at('2026-07-18', [failed(0), failed(1)])).toBe(2)
    expect(at('2026-07-22', [failed(0), failed(1), failed(2)])).toBe(3)
    expect(at('2026-08-30', [failed(0), failed(1), failed(2), failed(3)])).toBeNull()
  })

  test('once for days that were missed', () => {
    expect(at('2026-07-30')).toBe(3)
  })

  test('no more by a card that was declined for good, but by another one', () => {
    expect(at('2026-07-16', [failed(0, 'lost-or-stolen')])).toBeNull()
    expect(at('2026-07-16', [failed(0, 'authentication-required')])).toBeNull()
    expect(at('2026-07-16', [failed(0, 'lost-or-stolen')], 'new card')).toBe(1)
  })

  test('not while a try is open or after one was captured', () => {
    expect(at('2026-07-16', [{ ...failed(0), state: 'open', failureCode: null }])).toBeNull()
    expect(at('2026-07-16', [{ ...failed(0), state: 'captured', failureCode: null }])).toBeNull()
  })
})

describe('a card that expires is announced', () => {
  test('30 and 7 days before its last day, once each, and not when it is over', () => {
    const tell = (today: string, noticedOn: string | null) => isExpiryToTell({ expiresOn: '2026-08-31', noticedOn, today })
    expect(tell('2026-07-31', null)).toBe(false)
    expect(tell('2026-08-01', null)).toBe(true)
    expect(tell('2026-08-10', '2026-08-01')).toBe(false)
    expect(tell('2026-08-24', '2026-08-01')).toBe(true)
    expect(tell('2026-08-25', '2026-08-24')).toBe(false)
    expect(tell('2026-09-01', null)).toBe(false)
  })
})

test('days of another try are one to sixty, at most six of them, in order and each once; none is never again', () => {
  expect(typedRetryDays('7, 1, 7')).toEqual([1, 7])
  expect(typedRetryDays(' ')).toEqual([])
  for (const typed of ['0', '61', '1.5', '-1', 'x', '1,2,3,4,5,6,7']) expect(typedRetryDays(typed)).toBeUndefined()
})
