import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { plainSettings, type SettlementSettings } from './settings.ts'
import { workedExample } from './worked-example.ts'

const plain = plainSettings({
  pricing: 'buy-price-book',
  chargeTrigger: 'on-usage',
  collectsPayments: 'child',
  issuer: 'child',
  isSelfBilled: false,
  currency: 'EUR',
  paymentDays: 14,
})
const d = (text: string) => new Decimal(text)
const figures = { paid: money(10_000n, 'EUR'), purchases: money(7_000n, 'EUR') }
const tell = (changes: Partial<SettlementSettings>) => {
  const { sentence, rows } = workedExample({ ...plain, ...changes }, figures)
  return [sentence, ...rows.map(({ label, amount }) => `${label} ${amount.minor}`)]
}

test('every model is told by the figures it really makes', () => {
  expect(tell({})).toEqual(['invoiced', 'paid 10000', 'purchases 7000', 'invoice 7000', 'keeps 3000'])
  const twenty = { setup: d('20'), recurring: d('20'), usage: d('20'), overage: d('20') }
  expect(tell({ pricing: 'discount-off-list', chargeTrigger: 'on-customer-payment', discounts: twenty })).toEqual([
    'share-of-paid',
    'paid 10000',
    'payable 8000',
    'keeps 2000',
  ])
  expect(tell({ collectsPayments: 'parent', financialChargeRate: d('3'), partnerFee: d('10') })).toEqual([
    'collected',
    'paid 10000',
    'charge 300',
    'held 9700',
    'invoice 8000',
    'offset 8000',
    'payout 1700',
  ])
  const shared = { pricing: 'revenue-share', collectsPayments: 'parent', reservePercent: d('10'), reserveDays: 90 } as const
  expect(tell({ ...shared, payoutRule: { kind: 'difference' } })).toEqual([
    'share-paid-out',
    'sold 10000',
    'price 7000',
    'share 3000',
    'reserve 300',
    'payout 2700',
    'parentKeeps 7000',
  ])
  expect(tell({ isOperatingUnit: true })).toEqual(['showback', 'rated 7000'])
})
