import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type ListPrice, listPriceOf } from './list-price.ts'
import { pricedAs } from './priced.ts'

const priced = (cost: string, quantity: string, unitPrice: string, isMeasured = true) => {
  const result = pricedAs({ cost: new Decimal(cost), quantity: new Decimal(quantity), unitPrice: new Decimal(unitPrice), isMeasured })
  return [result.quantity.toFixed(), result.unitPrice.toFixed()]
}

test('quantity and price are the charge’s own where they come to the cost', () => {
  expect(priced('9', '60', '0.15')).toEqual(['60', '0.15'])
})

test('half a month is half a month at the full price; capped usage is all of it at what a unit came to', () => {
  expect(priced('9.5', '1', '19', false)).toEqual(['0.5', '19'])
  expect(priced('15', '150', '0.2')).toEqual(['150', '0.1'])
})

test('no price is below zero: what is taken back has a quantity below zero', () => {
  expect(priced('-9', '-60', '0.15')).toEqual(['-60', '0.15'])
  expect(priced('-5', '10', '0.15')).toEqual(['-10', '0.5'])
})

test('what is free has no price, and what nobody counted is one piece', () => {
  expect(priced('0', '40', '0.15')).toEqual(['40', '0'])
  expect(priced('3', '0', '0.15')).toEqual(['1', '3'])
})

const price = (changes: Partial<ListPrice> = {}): ListPrice => ({
  id: 'list',
  productId: null,
  feeKind: 'usage',
  meter: 'traffic.sent',
  unit: 'GB',
  currency: 'EUR',
  match: {},
  isPerUnit: true,
  unitPrice: new Decimal('0.2'),
  validFrom: new Date('2026-01-01T00:00:00Z'),
  validTo: null,
  ...changes,
})
const charge = {
  productId: 'web-1',
  feeKind: 'usage',
  meter: 'traffic.sent',
  unit: 'GB',
  currency: 'EUR',
  matched: { zone: 'fra-1' },
  at: new Date('2026-06-10T00:00:00Z'),
}

test('the list price is of the same thing, place and time; a product’s own comes before the one of all', () => {
  const here = { match: { zone: ['fra-1', 'fra-2'] } }
  expect(listPriceOf([price(), price({ ...here, id: 'here' })], charge)?.id).toBe('here')
  expect(listPriceOf([price(here), price({ ...here, id: 'own', productId: 'web-1' })], charge)?.id).toBe('own')
  expect(listPriceOf([price({ ...here, validTo: charge.at }), price({ ...here, currency: 'CHF' })], charge)).toBeUndefined()
  expect(listPriceOf([price({ ...here, isPerUnit: false })], charge)).toBeUndefined()
})
