import { describe, expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { priceRule, ratingTerms, subscriptionsOf } from '../../rating/rating.fixture.ts'
import type { RatingTerms } from '../../rating/terms.ts'
import type { PriceRule } from '../price-rule.ts'
import { type MonthUsage, monthlyUsageCosts } from './monthly-usage.ts'

const from = new Date('2026-06-30T22:00:00Z')

function used(quantity: number, changes: Partial<MonthUsage> = {}): MonthUsage {
  const subscriptionId = 'web'
  return { subscriptionId, resourceRef: 'srv', meter: 'traffic.sent', unit: 'GB', quantity: new Decimal(quantity), match: {}, ...changes }
}

function terms(rules: readonly PriceRule[]): RatingTerms {
  const web = { id: 'web', productId: 'plan', startsAt: new Date('2026-01-01T00:00:00Z'), proration: 'second' } as const
  const shop = { ...web, id: 'shop', cycle: { zone: 'Europe/Vienna', anchorDay: 15 } }
  return ratingTerms({ rules, subscriptions: subscriptionsOf(web, shop), pool: [web, shop] })
}

const costs = (rules: readonly PriceRule[], usage: readonly MonthUsage[]) =>
  Object.fromEntries([...monthlyUsageCosts({ terms: terms(rules), usage, from })].map(([id, cost]) => [id, cost.toFixed()]))

describe('a month with the usage of another one costs', () => {
  test('what is above the allowance of each subscription, and all that has none', () => {
    const rules = [priceRule(), priceRule({ id: 'plan', productId: 'plan', included: new Decimal(50) })]
    expect(costs(rules, [used(80), used(20, { subscriptionId: 'shop' }), used(10, { subscriptionId: null })])).toEqual({
      web: '3',
      shop: '0',
      null: '1',
    })
  })

  test('never more than the cap of a resource', () => {
    const rules = [priceRule({ includedScope: 'resource', cap: new Decimal(5) })]
    expect(costs(rules, [used(80), used(20, { resourceRef: 'other' })])).toEqual({ web: '7' })
  })

  test('its minimum, also in months that begin on a day of their own', () => {
    const rules = [priceRule({ productId: 'plan', minimum: new Decimal(4) })]
    expect(costs(rules, [used(30)])).toEqual({ web: '4', shop: '4' })
  })

  test('the price of the zone it was charged for', () => {
    const rules = [priceRule(), priceRule({ id: 'zone', match: { zone: ['fra-1', 'fra-2'] }, unitPrice: new Decimal(1) })]
    expect(costs(rules, [used(3, { match: { zone: ['fra-1', 'fra-2'] } }), used(3)])).toEqual({ web: '3.3' })
  })

  test('nothing without a price', () => {
    expect(costs([], [used(3)])).toEqual({})
  })
})
