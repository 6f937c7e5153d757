import { expect, test } from 'vitest'
import { priceRule } from '../rating/rating.fixture.ts'
import { indexPrices, resolvePrice } from './resolve-price.ts'

const plain = priceRule({ id: 'plain' })
const inZone = priceRule({ id: 'zone', match: { zone: 'vienna' } })
const inZoneAndClass = priceRule({ id: 'zone-and-class', match: { zone: 'vienna', class: 'premium' } })
const ofPlan = priceRule({ id: 'plan', productId: 'web-1' })
const ofOtherPlan = priceRule({ id: 'other-plan', productId: 'web-2' })
const index = indexPrices([plain, inZone, ofOtherPlan, inZoneAndClass, ofPlan])

const june = new Date('2026-06-10T00:00:00Z')
const ruleFor = (productId: string | null, dimensions: Record<string, string>) => {
  const rule = resolvePrice(index, { meter: 'traffic.sent', productId, dimensions, at: june })
  return rule.ok ? rule.value.id : rule.error
}

test("the price of the subscription's own product comes before every other", () => {
  expect(ruleFor('web-1', { zone: 'vienna', class: 'premium' })).toBe('plan')
})

test('of two prices that fit, the one that names more dimensions wins', () => {
  expect(ruleFor(null, { zone: 'vienna', class: 'premium' })).toBe('zone-and-class')
  expect(ruleFor(null, { zone: 'vienna', class: 'basic' })).toBe('zone')
  expect(ruleFor('web-3', { zone: 'linz' })).toBe('plain')
})

test('usage without a price is refused, never priced at zero', () => {
  expect(resolvePrice(index, { meter: 'volume', productId: null, dimensions: {}, at: june })).toEqual({ ok: false, error: 'no-price' })
  expect(resolvePrice(index, { meter: 'traffic.sent', productId: null, dimensions: {}, at: new Date('2025-12-31T23:59:59Z') })).toEqual({
    ok: false,
    error: 'no-price',
  })
})

test('a price of another product is not even a last resort', () => {
  const onlyOther = indexPrices([ofOtherPlan])
  expect(resolvePrice(onlyOther, { meter: 'traffic.sent', productId: 'web-1', dimensions: {}, at: june })).toEqual({
    ok: false,
    error: 'no-price',
  })
})
