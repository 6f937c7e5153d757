import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteProduct } from '../catalog/quote-product.ts'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { plainRule } from '../pricing/price-rule.ts'
import { discountQuote } from '../promo/discount-quote.ts'

const at = new Date('2026-06-05T14:40:00Z')
const facts = { id: 'r', priceVersionId: 'v', productId: 'web-1', meter: null, unit: 'month', validFrom: new Date('2026-01-01T00:00:00Z') }

/** A product at a gross price per month, so many of it, at a rate in percent. */
function quoted(price: string, quantity: number, percent: string) {
  const rules = [plainRule({ ...facts, feeKind: 'recurring', unitPrice: new Decimal(price) })]
  const treatment = { category: 'S', rate: new Decimal(percent), reason: 'domestic' } as const
  const input = {
    productId: 'web-1',
    rules,
    currency: 'EUR',
    treatment,
    behaviour: 'inclusive',
    at,
    quantity: new Decimal(quantity),
  } as const
  const quote = quoteProduct(input)
  if (!quote.ok) throw new Error(quote.error)
  return quote.value
}

test('500.00 with 10 % in it is 454.55 and 45.45, and stays 500.00', () => {
  const { orderNet, orderTax, orderTotal } = quoted('500', 1, '10')
  expect([orderNet.minor, orderTax.minor, orderTotal.minor]).toEqual([45_455n, 4_545n, 50_000n])
})

test('no quantity of a gross price, and no rate, yields a cent more or less than the price says', () => {
  const minor = fc.integer({ min: 1, max: 1_000_000 })
  fc.assert(
    fc.property(minor, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 3_000 }), (cents, quantity, hundredths) => {
      const quote = quoted(new Decimal(cents).div(100).toFixed(2), quantity, new Decimal(hundredths).div(100).toFixed())
      const gross = BigInt(cents) * BigInt(quantity)
      expect(quote.orderTotal.minor).toBe(gross)
      expect(quote.monthlyTotal.minor).toBe(gross)
      expect(quote.orderNet.minor + quote.orderTax.minor).toBe(gross)
    }),
  )
})

test('an order without discounts costs what the quote says', () => {
  const quote = quoted('500', 1, '19')
  const discounted = discountQuote({
    quote: { ...quote, fees: quote.fees.map((fee) => ({ ...fee, productGroup: null })) },
    accountId: 'account-1',
    discounts: [],
    at,
    on: '2026-06-05',
  })
  expect(discounted).toMatchObject({ orderNet: money(42_017n, 'EUR'), orderTax: money(7_983n, 'EUR'), orderTotal: money(50_000n, 'EUR') })
})
