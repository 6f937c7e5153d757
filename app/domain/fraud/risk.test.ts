import { describe, expect, test } from 'vitest'
import { judgePayment, type PaymentFacts } from './judge-payment.ts'
import { judgeSignUp, type SignUpFacts, type SignUpScreening } from './judge-sign-up.ts'
import { listValue } from './list-entry.ts'
import { riskLevel, riskOf, weigh } from './risk.ts'
import { type OrderFacts, screen } from './screen.ts'
import { usualFraudSettings } from './settings.ts'

test('a risk is the sum of the points, from 0 to 100', () => {
  expect([riskOf(0), riskOf(60), riskOf(100), riskOf(230)]).toEqual([0, 60, 100, 100])
  expect([riskLevel(49, 50), riskLevel(50, 50), riskLevel(100, 50)]).toEqual(['low', 'raised', 'high'])
})

test('only signals that apply and have a weight count', () => {
  const applies = { old: (age: number) => age > 9, young: (age: number) => age < 3, odd: (age: number) => age % 2 === 1 }
  expect(weigh(1, { old: 5, young: 10, odd: 0 }, applies)).toEqual({ score: 10, signals: [{ reason: 'young', points: 10 }] })
})

describe('a sign-up', () => {
  const ordinary: SignUpFacts = {
    accountsAtAddress: 0,
    accountsWithVatId: 0,
    country: 'AT',
    homeCountry: 'AT',
    vatCountry: null,
    lists: [],
  }
  const judged = (facts: Partial<SignUpFacts>, signUps: SignUpScreening = 'rules') =>
    judgeSignUp({ ...ordinary, ...facts }, { ...usualFraudSettings, signUps })
  const odd = { accountsAtAddress: 5, vatCountry: 'MT' }

  test('passes when nothing or one thing is unusual, and waits when several are', () => {
    expect(judged({})).toEqual({ verdict: 'pass', score: 0, reasons: [] })
    expect(judged({ country: 'CZ' })).toEqual({ verdict: 'pass', score: 10, reasons: [{ reason: 'foreign-country', points: 10 }] })
    expect(judged({ accountsWithVatId: 1 }).verdict).toBe('pass')
    expect(judged(odd)).toEqual({
      verdict: 'review',
      score: 50,
      reasons: [
        { reason: 'address-velocity', points: 25 },
        { reason: 'country-mismatch', points: 25 },
      ],
    })
  })

  test('is scored and passes where the seller approves by itself, but for a deny list', () => {
    expect(judged(odd, 'automatic')).toMatchObject({ verdict: 'pass', score: 50 })
    expect(judged({ lists: ['deny', 'allow'] }, 'automatic')).toMatchObject({ verdict: 'refuse', reasons: [{ reason: 'denied' }] })
  })

  test('waits where everyone does, unless it is on an allow list', () => {
    expect(judged({}, 'everyone')).toEqual({ verdict: 'review', score: 0, reasons: [{ reason: 'everyone', points: 0 }] })
    expect(judged(odd, 'everyone').reasons).toHaveLength(2)
    expect(judged({ lists: ['allow'] }, 'everyone').verdict).toBe('pass')
  })
})

describe('a payment', () => {
  const ordinary: PaymentFacts = {
    accountAgeHours: 900,
    accountsWithCard: 0,
    failedPayments: 0,
    disputes: 0,
    country: 'AT',
    vatCountry: null,
    minor: 1_900n,
    largeFromMinor: 50_000n,
    lists: [],
  }
  const judged = (facts: Partial<PaymentFacts>) => judgePayment({ ...ordinary, ...facts }, usualFraudSettings)

  test('gets points for what is unusual, and is never held by them', () => {
    expect(judged({})).toEqual({ verdict: 'pass', score: 0, reasons: [] })
    expect(judged({ accountAgeHours: 1, accountsWithCard: 2, disputes: 1, minor: 50_001n })).toEqual({
      verdict: 'pass',
      score: 115,
      reasons: [
        { reason: 'new-account', points: 10 },
        { reason: 'shared-card', points: 30 },
        { reason: 'large-payment', points: 35 },
        { reason: 'disputed', points: 40 },
      ],
    })
    expect(judged({ minor: 900_000n, largeFromMinor: null }).score).toBe(0)
  })

  test('waits for a person when its payer stands on a deny list', () => {
    expect(judged({ lists: ['deny'] }).verdict).toBe('review')
    expect(judged({ lists: ['allow'], disputes: 3 })).toMatchObject({ verdict: 'pass', score: 0 })
  })
})

describe('an order', () => {
  const facts: OrderFacts = {
    accountAgeHours: 900,
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

  test('waits with its account, also where the buyer is on an allow list, and is refused with it', () => {
    expect(screen({ ...facts, signUp: 'waiting' }, usualFraudSettings)).toEqual({
      verdict: 'review',
      score: 0,
      reasons: [{ reason: 'sign-up-waits', points: 0 }],
    })
    expect(screen({ ...facts, signUp: 'waiting', lists: ['allow'] }, usualFraudSettings).verdict).toBe('review')
    expect(screen({ ...facts, signUp: 'refused' }, usualFraudSettings).verdict).toBe('refuse')
  })
})

test('lists know countries, ranges of addresses and cards', () => {
  const value = (kind: Parameters<typeof listValue>[0], typed: string) => {
    const result = listValue(kind, typed)
    return result.ok ? result.value : null
  }
  expect([value('country', ' KP '), value('country', 'Korea')]).toEqual(['kp', null])
  expect([value('range', '198.51.100.0/24'), value('range', '2001:DB8::/32'), value('range', '203.0.113.9')]).toEqual([
    '198.51.100.0/24',
    '2001:db8::/32',
    '203.0.113.9',
  ])
  expect(['0.0.0.0/0', '198.51.100.0/33', '198.51.100', '::/4', '1.2.3.4/24/2'].map((typed) => value('range', typed))).toEqual(
    Array.from({ length: 5 }, () => null),
  )
  expect([value('card', 'Xt5EWLLDS7FJjR1c'), value('card', 'x y')]).toEqual(['xt5ewllds7fjjr1c', null])
})
