import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { checkSettings, type SettingsProblem } from './check-settings.ts'
import { needsSecondPerson } from './payout.ts'
import { plainSettings, SettlementSettings, storedSettings } from './settings.ts'
import { modelOf } from './settlement-effect.ts'

const plain = plainSettings({
  pricing: 'buy-price-book',
  chargeTrigger: 'on-usage',
  collectsPayments: 'child',
  issuer: 'child',
  isSelfBilled: false,
  currency: 'EUR',
  paymentDays: 14,
})
const ten = new Decimal(10)
const tenOff = { setup: ten, recurring: ten, usage: ten, overage: ten }
const paidOff: SettlementSettings = { ...plain, pricing: 'discount-off-list', chargeTrigger: 'on-customer-payment', discounts: tenOff }
const delegated: SettlementSettings = { ...plain, collectsPayments: 'parent', financialChargeRate: new Decimal(3), partnerFee: ten }
const shared: SettlementSettings = {
  ...plain,
  pricing: 'revenue-share',
  collectsPayments: 'parent',
  isSelfBilled: true,
  holdDays: 30,
  reservePercent: ten,
  reserveDays: 90,
  payoutRule: { kind: 'percent', percent: new Decimal(20) },
}
const pool: SettlementSettings = { ...plain, entitlementScope: 'pool', hardCap: true }
const unit: SettlementSettings = { ...plain, isOperatingUnit: true }

test.each([
  ['the default', plain],
  ['a discount off what the customer paid', paidOff],
  ['delegated plans, collected by the parent', delegated],
  ['revenue share', shared],
  ['a pool', pool],
  ['an operating unit', unit],
])('%s stands, and is stored as it was read', (_, settings) => {
  expect(checkSettings(settings, { contractCurrency: 'EUR' })).toEqual([])
  expect(SettlementSettings.parse(JSON.parse(JSON.stringify(storedSettings(settings))))).toEqual(settings)
})

test.each<[SettingsProblem, SettlementSettings]>([
  ['payment-trigger-needs-child-collects', { ...paidOff, collectsPayments: 'parent' }],
  ['payment-trigger-needs-share-of-paid', { ...plain, chargeTrigger: 'on-customer-payment' }],
  ['share-needs-rule', { ...shared, payoutRule: null }],
  ['share-needs-rule', { ...plain, payoutRule: shared.payoutRule }],
  ['self-billing-needs-share', { ...delegated, isSelfBilled: true }],
  [
    'issuer-needs-parent-collects',
    {
      ...shared,
      collectsPayments: 'child',
      chargeTrigger: 'on-customer-payment',
      holdDays: 0,
      reservePercent: new Decimal(0),
      reserveDays: 0,
      issuer: 'parent',
    },
  ],
  ['issuer-needs-share', { ...delegated, issuer: 'parent' }],
  ['charge-needs-parent-collects', { ...plain, financialChargeRate: ten }],
  ['hold-needs-parent-collects', { ...plain, holdDays: 30 }],
  ['reserve-needs-days', { ...shared, reserveDays: 0 }],
  ['discounts-need-payment-trigger', { ...plain, discounts: tenOff }],
  ['pool-needs-buy-prices', { ...shared, entitlementScope: 'pool' }],
  ['hard-cap-needs-pool', { ...plain, hardCap: true }],
  ['unit-needs-plain-terms', { ...unit, partnerFee: ten }],
  ['other-currency', { ...plain, currency: 'CHF' }],
])('%s', (problem, settings) => {
  expect(checkSettings(settings, { contractCurrency: 'EUR' })).toEqual([problem])
})

test('a percentage beyond 100 and a currency that is none are refused as they are read', () => {
  const stored = storedSettings(plain)
  expect(SettlementSettings.safeParse({ ...stored, financialChargeRate: '100.01' }).success).toBe(false)
  expect(SettlementSettings.safeParse({ ...stored, currency: 'BTC' }).success).toBe(false)
})

test('a model follows from how the price is found, who collects and when the child comes to owe', () => {
  const models = [plain, paidOff, delegated, shared, pool, unit].map(modelOf)
  expect(models).toEqual(['invoiced', 'share-of-paid', 'invoiced', 'share-paid-out', 'invoiced', 'showback'])
})

test('a payout above the limit needs a second person; at the limit, or without one, it does not', () => {
  const limit = money(100000n, 'EUR')
  expect(needsSecondPerson(money(100001n, 'EUR'), limit)).toBe(true)
  expect(needsSecondPerson(money(100000n, 'EUR'), limit)).toBe(false)
  expect(needsSecondPerson(money(100001n, 'EUR'), null)).toBe(false)
})
