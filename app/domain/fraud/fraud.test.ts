import { describe, expect, test } from 'vitest'
import { listKeysOf, listValue } from './list-entry.ts'
import { type OrderFacts, screen } from './screen.ts'
import { largeOrderFrom, usualFraudSettings } from './settings.ts'
import { vatCountryOf } from './vat-country.ts'
import { retryAt } from './velocity.ts'

const ordinary: OrderFacts = {
  accountAgeHours: 0,
  ordersOfAccount: 0,
  accountsAtAddress: 0,
  accountsWithCard: 0,
  failedPayments: 0,
  country: 'DE',
  vatCountry: null,
  netMinor: 1_900n,
  largeFromMinor: 50_000n,
  lists: [],
  signUp: null,
}
const judged = (facts: Partial<OrderFacts>) => screen({ ...ordinary, ...facts }, usualFraudSettings)

describe('an order', () => {
  test('of an account opened a minute ago passes, and says what was counted', () => {
    expect(judged({})).toEqual({ verdict: 'pass', score: 10, reasons: [{ reason: 'new-account', points: 10 }] })
  })

  test('passes when one thing is unusual', () => {
    for (const facts of [
      { ordersOfAccount: 9 },
      { accountsAtAddress: 9 },
      { accountsWithCard: 1 },
      { failedPayments: 9 },
      { vatCountry: 'MT' },
      { netMinor: 60_000n },
    ])
      expect(
        judged(facts).verdict,
        JSON.stringify(facts, (_key, value) => String(value)),
      ).toBe('pass')
  })

  test('waits for a person when several things are', () => {
    expect(judged({ netMinor: 60_000n, vatCountry: 'MT' })).toEqual({
      verdict: 'review',
      score: 70,
      reasons: [
        { reason: 'new-account', points: 10 },
        { reason: 'country-mismatch', points: 25 },
        { reason: 'large-order', points: 35 },
      ],
    })
  })

  test('waits when its buyer is watched, and is refused when it is denied, also when it is allowed', () => {
    expect(judged({ lists: ['watch'] }).verdict).toBe('review')
    expect(judged({ lists: ['allow', 'deny'] })).toMatchObject({ verdict: 'refuse', reasons: [{ reason: 'denied' }] })
  })

  test('of an allowed buyer passes whatever else is known', () => {
    expect(judged({ lists: ['allow', 'watch'], failedPayments: 9, netMinor: 900_000n })).toMatchObject({ verdict: 'pass', score: 0 })
  })

  test('is refused from the score on that the seller set', () => {
    const strict = { ...usualFraudSettings, reviewScore: 5, refuseScore: 10 }
    expect(screen(ordinary, strict).verdict).toBe('refuse')
  })

  test('gets no points for a reason of weight nothing', () => {
    const blind = { ...usualFraudSettings, weights: { ...usualFraudSettings.weights, 'new-account': 0 } }
    expect(screen(ordinary, blind)).toEqual({ verdict: 'pass', score: 0, reasons: [] })
  })
})

test('a large order is one above 500 whole units, or above what the seller set', () => {
  expect(largeOrderFrom({ largeOrder: {} }, 'EUR')).toBe(50_000n)
  expect(largeOrderFrom({ largeOrder: {} }, 'JPY')).toBe(500n)
  expect(largeOrderFrom({ largeOrder: { EUR: 9_900n } }, 'EUR')).toBe(9_900n)
})

test('a VAT id names its country, and Greece writes EL', () => {
  expect([vatCountryOf('ATU12345675'), vatCountryOf('EL123456783'), vatCountryOf(null), vatCountryOf('12345')]).toEqual([
    'AT',
    'GR',
    null,
    null,
  ])
})

test('lists keep values in one form, and know a buyer by it', () => {
  expect(listValue('domain', '@Mail.Example ')).toEqual({ ok: true, value: 'mail.example' })
  expect(listValue('vat-id', 'ATU 1234 5675')).toEqual({ ok: true, value: 'atu12345675' })
  expect(listValue('mail', 'nobody')).toEqual({ ok: false, error: 'malformed-value' })
  expect(listKeysOf({ email: 'Ida@Mail.Example', vatId: null, country: 'AT', addressHash: 'f00', cards: ['Xt5E'] })).toEqual([
    { kind: 'mail', value: 'ida@mail.example' },
    { kind: 'domain', value: 'mail.example' },
    { kind: 'country', value: 'at' },
    { kind: 'address', value: 'f00' },
    { kind: 'card', value: 'xt5e' },
  ])
})

describe('a limit of ten an hour that slides', () => {
  const hour = (time: string) => new Date(`2026-06-05T${time}:00Z`)
  const limit = { most: 10, windowMs: 3_600_000 }

  test('says when one more fits, as the hour before fades', () => {
    expect(retryAt({ windowStart: hour('14:00'), taken: 4, takenBefore: 10 }, hour('14:10'), limit)).toEqual(hour('14:30'))
    expect(retryAt({ windowStart: hour('14:00'), taken: 10, takenBefore: 0 }, hour('14:10'), limit)).toEqual(hour('15:06'))
    expect(retryAt({ windowStart: hour('14:00'), taken: 3, takenBefore: 0 }, hour('14:10'), limit)).toEqual(hour('14:10'))
  })
})
