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

const quoted = (rules: PriceRule[], more: Partial<Parameters<typeof quoteProduct>[0]> = {}) => {
  const quote = quoteProduct({ productId: 'web-2', rules, currency: 'EUR', treatment, at, ...more })
  if (!quote.ok) throw new Error(quote.error)
  return quote.value
}

test('a yearly fee is quoted as a year to pay, and as a twelfth of it in a month', () => {
  const quote = quoted([rule({ unitPrice: new Decimal('119.90'), interval: { unit: 'year', count: 1 } })])
  expect(quote.fees).toMatchObject([{ interval: { unit: 'year', count: 1 }, amount: money(11990n, 'EUR'), monthly: money(999n, 'EUR') }])
  expect([quote.orderNet, quote.monthlyNet]).toEqual([money(11990n, 'EUR'), money(999n, 'EUR')])
})

test('a fee by the day or week is quoted over the longest month', () => {
  expect(quoted([rule({ unitPrice: new Decimal('1'), interval: { unit: 'day', count: 1 } })]).monthlyNet).toEqual(money(3100n, 'EUR'))
  expect(quoted([rule({ unitPrice: new Decimal('7'), interval: { unit: 'week', count: 2 } })]).monthlyNet).toEqual(money(1550n, 'EUR'))
})

const tiers = [
  { upTo: new Decimal(100), unitPrice: new Decimal('0.10'), flat: new Decimal(2) },
  { upTo: null, unitPrice: new Decimal('0.05'), flat: new Decimal(0) },
]
const traffic = rule({
  id: 'traffic',
  feeKind: 'usage',
  meter: 'traffic.sent',
  unit: 'GB',
  unitPrice: new Decimal('0.10'),
  included: new Decimal(50),
  model: { kind: 'graduated', params: { tiers } },
})

test('stated traffic is quoted by the model that bills it, after what is included', () => {
  const quote = quoted([rule({ unitPrice: new Decimal('24.90') }), traffic], {
    usage: [{ meter: 'traffic.sent', quantity: new Decimal(250) }],
  })
  expect(quote.fees[1]).toMatchObject({
    ruleId: 'traffic',
    quantity: new Decimal(250),
    includedQuantity: new Decimal(50),
    amount: money(1700n, 'EUR'),
  })
  expect(quote.monthlyNet).toEqual(money(4190n, 'EUR'))
})

test('what a price costs without any use is part of every quote', () => {
  expect(quoted([rule({ unitPrice: new Decimal('24.90') }), traffic]).monthlyNet).toEqual(money(2690n, 'EUR'))
  const committed = { ...traffic, model: { kind: 'per-unit' as const }, minimum: new Decimal(5) }
  expect(quoted([committed]).monthlyNet).toEqual(money(500n, 'EUR'))
})

test('hours that are stated take the place of the whole month', () => {
  const hourly = rule({ feeKind: 'usage', meter: 'server.running', unit: 'hour', unitPrice: new Decimal('0.01'), cap: new Decimal('4') })
  const quote = quoted([hourly], { usage: [{ meter: 'server.running', quantity: new Decimal(200) }] })
  expect(quote.fees).toMatchObject([{ hourly: new Decimal('0.01'), amount: money(200n, 'EUR') }])
})

test('several of a product cost several times the fee, or what its tiers say', () => {
  expect(quoted([rule({ unitPrice: new Decimal('9.90') })], { quantity: new Decimal(3) }).orderNet).toEqual(money(2970n, 'EUR'))
  const seats = [
    { upTo: new Decimal(5), flat: new Decimal(20) },
    { upTo: null, flat: new Decimal(30) },
  ]
  const bySeats = rule({ unitPrice: new Decimal(20), model: { kind: 'stairstep', params: { tiers: seats } } })
  expect(quoted([bySeats], { quantity: new Decimal(6) }).orderNet).toEqual(money(3000n, 'EUR'))
})

test('the price of the lower layer is quoted alone', () => {
  const own = rule({ id: 'own', unitPrice: new Decimal('19.90'), layer: 0 })
  expect(quoted([rule({ unitPrice: new Decimal('24.90') }), own]).orderNet).toEqual(money(1990n, 'EUR'))
})

test('usage of what a bundle contains is quoted by the price of its part', () => {
  const backup = { ...traffic, productId: 'backup', model: { kind: 'per-unit' as const } }
  const usage = [{ meter: 'traffic.sent', quantity: new Decimal(60) }]
  expect(quoted([backup], { memberProductIds: ['backup'], usage }).monthlyNet).toEqual(money(100n, 'EUR'))
})
