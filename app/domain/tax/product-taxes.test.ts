import { expect, test } from 'vitest'
import { quoteProduct } from '../catalog/quote-product.ts'
import { Decimal } from '../money/decimal.ts'
import { plainRule } from '../pricing/price-rule.ts'
import { discount } from '../promo/discount.fixture.ts'
import { discountQuote } from '../promo/discount-quote.ts'
import { productTreatments } from './product-taxes.ts'
import type { RateKind } from './tax-rate.ts'

const seller = { country: 'AT', isRegistered: true }
const consumer = { country: 'AT', isBusiness: false, hasValidVatId: false }
const kinds = new Map<string, RateKind>([
  ['e-book', 'reduced'],
  ['leaflet', 'zero'],
])
const rates = (buyer = consumer) =>
  [...productTreatments({ seller, buyer, on: '2026-06-01' }, kinds)].map(([id, { category, rate }]) => `${id} ${category} ${rate}`)

test('a product has the rate of its kind where there is one, else the standard rate', () => {
  expect(rates()).toEqual(['e-book S 10', 'leaflet S 20'])
  expect(rates({ ...consumer, country: 'DK' })).toEqual(['e-book S 25', 'leaflet Z 0'])
  expect(rates({ country: 'DE', isBusiness: true, hasValidVatId: true })).toEqual(['e-book AE 0', 'leaflet AE 0'])
})

const at = new Date('2026-06-01T00:00:00Z')
const fee = (productId: string, price: string) =>
  plainRule({
    id: productId,
    priceVersionId: 'v',
    productId,
    meter: null,
    unit: 'month',
    validFrom: at,
    feeKind: 'recurring',
    unitPrice: new Decimal(price),
  })

test('a quote of products with several rates taxes each at its own, and a discount lowers each by its share', () => {
  const treatment = { category: 'S', rate: new Decimal(20), reason: 'domestic' } as const
  const treatments = productTreatments({ seller, buyer: consumer, on: '2026-06-01' }, kinds)
  const quote = quoteProduct({
    productId: 'server',
    rules: [fee('server', '60'), fee('e-book', '40')],
    currency: 'EUR',
    treatment,
    treatments,
    at,
    parts: [{ productId: 'e-book', role: 'add-on', quantity: new Decimal(1) }],
  })
  if (!quote.ok) throw new Error(quote.error)
  // 60.00 at 20 % and 40.00 at 10 %.
  expect([quote.value.orderNet.minor, quote.value.orderTax.minor, quote.value.orderTotal.minor]).toEqual([10_000n, 1_600n, 11_600n])

  const discounted = discountQuote({
    quote: { ...quote.value, fees: quote.value.fees.map((each) => ({ ...each, productGroup: null })) },
    accountId: 'a',
    at,
    on: '2026-06-01',
    discounts: [discount()],
  })
  // 54.00 at 20 % and 36.00 at 10 %.
  expect([discounted.orderNet.minor, discounted.orderTax.minor]).toEqual([9_000n, 1_440n])
})
