import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type PriceRule, plainRule } from '../pricing/price-rule.ts'
import { quoteProduct } from './quote-product.ts'

const treatment = { category: 'S', rate: new Decimal(20), reason: 'domestic' } as const
const at = new Date('2026-06-05T14:40:00Z')

function rule(facts: Partial<PriceRule> & { unitPrice: Decimal }): PriceRule {
  return plainRule({
    id: 'r',
    priceVersionId: 'v',
    feeKind: 'recurring',
    productId: 'web-2',
    meter: null,
    unit: 'month',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    ...facts,
  })
}

test('setup and first month are quoted with their tax, as the invoice will have them', () => {
  const rules = [rule({ feeKind: 'setup', unitPrice: new Decimal('15') }), rule({ unitPrice: new Decimal('24.90') })]
  const quote = quoteProduct({ productId: 'web-2', rules, currency: 'EUR', treatment, at })
  expect(quote.ok && quote.value.orderTotal).toEqual(money(4788n, 'EUR'))
  expect(quote.ok && quote.value.monthlyTotal).toEqual(money(2988n, 'EUR'))
})

test('an hourly price never costs more than its cap in a month', () => {
  const rules = [
    rule({ feeKind: 'usage', meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.0062'), cap: new Decimal('4.15') }),
  ]
  const quote = quoteProduct({ productId: 'web-2', rules, currency: 'EUR', treatment, at })
  expect(quote.ok && quote.value.monthlyNet).toEqual(money(415n, 'EUR'))
})

test('without a cap the longest month counts', () => {
  const rules = [rule({ feeKind: 'usage', meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.01') })]
  const quote = quoteProduct({ productId: 'web-2', rules, currency: 'EUR', treatment, at })
  expect(quote.ok && quote.value.monthlyNet).toEqual(money(744n, 'EUR'))
})

test('a price that is not in force yet quotes nothing', () => {
  const rules = [rule({ unitPrice: new Decimal('24.90'), validFrom: new Date('2026-07-01T00:00:00Z') })]
  expect(quoteProduct({ productId: 'web-2', rules, currency: 'EUR', treatment, at })).toEqual({ ok: false, error: 'no-price' })
})
