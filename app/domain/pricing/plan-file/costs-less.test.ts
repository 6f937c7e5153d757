import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { priceRule } from '../../rating/rating.fixture.ts'
import { costsLess } from './costs-less.ts'

const tier = (upTo: string | null, unitPrice: string) => ({
  upTo: upTo === null ? null : new Decimal(upTo),
  unitPrice: new Decimal(unitPrice),
  flat: new Decimal(0),
})

test('a graduated price that falls below the buy price only far up is found', () => {
  const bought = priceRule({ unitPrice: new Decimal('0.05') })
  const sell = priceRule({ model: { kind: 'graduated', params: { tiers: [tier('1000', '0.06'), tier(null, '0.01')] } } })
  expect(costsLess(sell, bought)).toBe(true)
})

test('a price above the buy price everywhere is no loss, and an equal one neither', () => {
  const bought = priceRule({ unitPrice: new Decimal('0.05') })
  expect(costsLess(priceRule({ unitPrice: new Decimal('0.06') }), bought)).toBe(false)
  expect(costsLess(bought, bought)).toBe(false)
})
