import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { monthOf } from '../time/billing-month.ts'
import type { FeeSubscription } from './fee-subscription.ts'
import { feeSpan, rateFees } from './rate-fees.ts'
import { priceRule } from './rating.fixture.ts'

const monthly = priceRule({
  id: 'monthly',
  feeKind: 'recurring',
  productId: 'web-1',
  meter: null,
  unit: 'month',
  unitPrice: new Decimal('24.90'),
})
const setup = priceRule({ id: 'setup', feeKind: 'setup', productId: 'web-1', meter: null, unit: 'piece', unitPrice: new Decimal('15.00') })
const web1: FeeSubscription = {
  id: 'subscription-1',
  contractId: 'contract-1',
  productId: 'web-1',
  quantity: new Decimal(1),
  startsAt: new Date('2026-06-01T08:00:00Z'),
  endsAt: null,
  proration: 'day',
  cycle: { zone: 'Europe/Vienna', anchorDay: 1 },
}
const june = monthOf('Europe/Vienna', 2026, 6)
const fees = (subscription: FeeSubscription, span = june, rules = [setup, monthly]) =>
  rateFees({ subscription, rules, currency: 'EUR', span }).map((charge) => `${charge.sourceKey} ${charge.amount}`)

test('the month a subscription begins in costs the setup fee and the first monthly fee', () => {
  expect(fees(web1)).toEqual(['setup:subscription-1:web-1 15', 'recurring:subscription-1:web-1:2026-06-01 24.9'])
})

test('a later month costs the monthly fee alone', () => {
  expect(fees(web1, monthOf('Europe/Vienna', 2026, 7))).toEqual(['recurring:subscription-1:web-1:2026-07-01 24.9'])
})

test('the run of 1 July in advance bills July, and June again under the same keys', () => {
  expect(fees(web1, feeSpan('in-advance', june))).toEqual([
    'setup:subscription-1:web-1 15',
    'recurring:subscription-1:web-1:2026-06-01 24.9',
    'recurring:subscription-1:web-1:2026-07-01 24.9',
  ])
  expect(fees(web1, feeSpan('in-arrears', june))).toHaveLength(2)
})

test('a start on the 16th costs half of June, by day', () => {
  expect(fees({ ...web1, startsAt: new Date('2026-06-16T15:00:00Z') })).toEqual([
    'setup:subscription-1:web-1 15',
    'recurring:subscription-1:web-1:2026-06-01 12.45',
  ])
})

test('a subscription that ended on the 10th costs a third of June less the day it ended on', () => {
  expect(fees({ ...web1, startsAt: new Date('2026-05-01T00:00:00Z'), endsAt: new Date('2026-06-10T22:00:00Z') })).toEqual([
    'recurring:subscription-1:web-1:2026-06-01 8.3',
  ])
  expect(fees({ ...web1, startsAt: new Date('2026-05-01T00:00:00Z'), endsAt: june.start })).toEqual([])
})

test('by anniversary the service month begins on the day of the start', () => {
  const keller = { ...web1, startsAt: new Date('2026-06-08T08:00:00Z'), cycle: { zone: 'Europe/Vienna', anchorDay: 8 } }
  expect(fees(keller)).toEqual(['setup:subscription-1:web-1 15', 'recurring:subscription-1:web-1:2026-06-08 24.9'])
  expect(fees(keller, monthOf('Europe/Vienna', 2026, 7))).toEqual(['recurring:subscription-1:web-1:2026-07-08 24.9'])
})

test('the price in force when the service begins holds for its whole month', () => {
  const middle = new Date('2026-06-15T00:00:00Z')
  const rules = [
    { ...monthly, validTo: middle },
    { ...monthly, id: 'raised', unitPrice: new Decimal('29.90'), validFrom: middle },
  ]
  expect(fees(web1, june, rules)).toEqual(['recurring:subscription-1:web-1:2026-06-01 24.9'])
  expect(fees(web1, monthOf('Europe/Vienna', 2026, 7), rules)).toEqual(['recurring:subscription-1:web-1:2026-07-01 29.9'])
})

test('a term that is renewed within a month that is charged whole pays for it once; by day each term pays its days', () => {
  const ends = new Date('2026-06-16T15:00:00Z')
  const common = { productId: 'web-1', role: 'main', quantity: new Decimal(1), priceVersionId: null } as const
  const renewed: FeeSubscription = {
    ...web1,
    startsAt: new Date('2026-03-16T15:00:00Z'),
    items: [
      { ...common, startsAt: new Date('2026-03-16T15:00:00Z'), endsAt: ends },
      { ...common, startsAt: ends, endsAt: null, isRenewal: true },
    ],
  }
  const july = monthOf('Europe/Vienna', 2026, 7)
  expect(fees({ ...renewed, proration: 'none' })).toEqual(['recurring:subscription-1:web-1:2026-06-01 24.9'])
  expect(fees({ ...renewed, proration: 'none' }, july)).toEqual(['recurring:subscription-1:web-1:2026-07-01 24.9'])
  expect(fees(renewed)).toEqual([
    'recurring:subscription-1:web-1:2026-06-01 12.45',
    `recurring:subscription-1:web-1:2026-06-01@${ends.toISOString()} 12.45`,
  ])
})

test('a free plan is charged at zero, a product without a price not at all', () => {
  expect(fees(web1, june, [{ ...monthly, unitPrice: new Decimal(0) }])).toEqual(['recurring:subscription-1:web-1:2026-06-01 0'])
  expect(fees(web1, june, [])).toEqual([])
})
