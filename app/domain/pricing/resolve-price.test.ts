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

test('a lower layer comes before every other: own price, contract, partner level, channel', () => {
  const layers = indexPrices([
    priceRule({ id: 'channel', layer: 3, productId: 'web-1', match: { zone: 'vienna' } }),
    priceRule({ id: 'level', layer: 2, productId: 'web-1' }),
    priceRule({ id: 'contract', layer: 1, match: { zone: 'vienna' } }),
    priceRule({ id: 'own', layer: 0, match: { zone: 'linz' } }),
  ])
  const inLayers = (zone: string) => {
    const rule = resolvePrice(layers, { meter: 'traffic.sent', productId: 'web-1', dimensions: { zone }, at: june })
    return rule.ok && rule.value.id
  }
  expect([inLayers('linz'), inLayers('vienna'), inLayers('graz')]).toEqual(['own', 'contract', 'level'])
})

test('what a bundle contains is priced after the bundle itself and before what is for all', () => {
  const bundle = indexPrices([
    priceRule({ id: 'all', match: { zone: 'vienna' } }),
    priceRule({ id: 'second', productId: 'storage' }),
    priceRule({ id: 'first', productId: 'backup' }),
    priceRule({ id: 'bundle', productId: 'office', match: { zone: 'linz' } }),
  ])
  const inBundle = (zone: string, memberProductIds: string[]) => {
    const question = { meter: 'traffic.sent', productId: 'office', memberProductIds, dimensions: { zone }, at: june }
    const rule = resolvePrice(bundle, question)
    return rule.ok && rule.value.id
  }
  expect(inBundle('linz', ['backup', 'storage'])).toBe('bundle')
  expect(inBundle('vienna', ['backup', 'storage'])).toBe('first')
  expect(inBundle('vienna', ['storage', 'backup'])).toBe('second')
  expect(inBundle('vienna', [])).toBe('all')
})

test('a dimension may have one of several values', () => {
  const several = indexPrices([plain, priceRule({ id: 'ssd', match: { storage: ['ssd', 'nvme'] } })])
  const onTier = (storage: string) => resolvePrice(several, { meter: 'traffic.sent', productId: null, dimensions: { storage }, at: june })
  expect(onTier('nvme')).toMatchObject({ value: { id: 'ssd' } })
  expect(onTier('hdd')).toMatchObject({ value: { id: 'plain' } })
})
