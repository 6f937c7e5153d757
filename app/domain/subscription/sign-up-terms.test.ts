import { expect, test } from 'vitest'
import { contractBySignUp, startingLimit, usualSignUpTerms } from './sign-up-terms.ts'

const on = { currency: 'EUR', today: '2026-06-30' } as const

test('the usual is the calendar month in arrears, 14 days, and 50 whole units of the currency', () => {
  expect(contractBySignUp(usualSignUpTerms, on)).toEqual({
    cycleUnit: 'month',
    cycleCount: 1,
    cycleDay: null,
    feesInAdvance: false,
    invoicesOrders: false,
    paymentDays: 14,
    paymentMode: 'postpaid',
    creditLimitMinor: 5_000n,
  })
  expect(startingLimit(usualSignUpTerms, 'JPY').minor).toBe(50n)
})

test('an anniversary begins on the day of the sign-up, and fees with the order are in advance', () => {
  const terms = { ...usualSignUpTerms, unit: 'year', anchor: 'anniversary', fees: 'with-order' } as const
  expect(contractBySignUp(terms, on)).toMatchObject({ cycleUnit: 'year', cycleDay: 30, feesInAdvance: true, invoicesOrders: true })
})

test('a limit holds for its currency alone, and who pays ahead has none', () => {
  const terms = { ...usualSignUpTerms, limits: { EUR: 120_000n } }
  expect([startingLimit(terms, 'EUR').minor, startingLimit(terms, 'CHF').minor]).toEqual([120_000n, 5_000n])
  expect(startingLimit({ ...terms, mode: 'prepaid' }, 'EUR').minor).toBe(0n)
})
