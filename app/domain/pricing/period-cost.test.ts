import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { priceRule } from '../rating/rating.fixture.ts'
import { periodCost } from './period-cost.ts'

const rule = priceRule({
  unitPrice: new Decimal('0.10'),
  included: new Decimal(100),
  quantityStep: new Decimal(10),
  cap: new Decimal(20),
  minimum: new Decimal(5),
})

test.each([
  ['0', '5'],
  ['101', '5'],
  ['151', '6'],
  ['160', '6'],
  ['300', '20'],
  ['301', '20'],
])('a month with %s GB costs %s', (quantity, amount) => {
  expect(String(periodCost(rule, new Decimal(quantity)).amount)).toBe(amount)
})

test('the figures say what was rounded up, what was free, and what was limited', () => {
  expect(periodCost(rule, new Decimal(451))).toMatchObject({
    quantity: new Decimal(460),
    includedQuantity: new Decimal(100),
    billedQuantity: new Decimal(360),
    isCapped: true,
    trueUp: new Decimal(0),
  })
  expect(periodCost(rule, new Decimal(120))).toMatchObject({ isCapped: false, trueUp: new Decimal(3) })
})
