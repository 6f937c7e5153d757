import { describe, expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { plainRule } from '../price-rule.ts'
import type { MarkupRule } from './markup-rule.ts'
import { type PriceSource, type Pricing, planSellPrice } from './plan-sell-prices.ts'

const buyRule = plainRule({
  id: 'r',
  priceVersionId: 'v',
  feeKind: 'recurring',
  productId: 'web-1',
  meter: null,
  unit: 'month',
  unitPrice: new Decimal('17.10'),
  validFrom: new Date('2026-01-01T00:00:00Z'),
})
const rule: MarkupRule = {
  id: 'rule',
  position: 1,
  productId: null,
  productGroup: null,
  feeKind: null,
  method: 'percent',
  rate: new Decimal('0.4'),
  amount: null,
  rounding: 'up-90',
  floor: new Decimal('17'),
  exchange: { from: 'EUR', rate: new Decimal('0.94'), source: 'typed in', date: '2026-06-05' },
}
const source: PriceSource = {
  subject: { productId: 'web-1', productGroup: null, feeKind: 'recurring' },
  buy: buyRule,
  buyCurrency: 'EUR',
  sellCurrency: 'CHF',
  range: { floor: new Decimal('10'), ceiling: new Decimal('30') },
  rules: [rule],
}
const plan = (pricing: Pricing, changes: Partial<PriceSource> = {}, hasReason = false) =>
  planSellPrice(
    { productId: 'web-1', fee: { feeKind: 'recurring', meter: null, match: {} }, pricing },
    { ...source, ...changes },
    hasReason,
  )
const outcome = (planned: ReturnType<typeof plan>) => (planned.ok ? planned.value.figures.unitPrice.toFixed() : planned.error)
const own = (price: string): Pricing => ({ method: 'own', unitPrice: new Decimal(price), cap: null })

describe('a sell price by the rules of the book', () => {
  test('keeps what it was made of', () => {
    const planned = plan({ method: 'rules' })
    expect(outcome(planned)).toBe('22.9')
    expect(planned.ok && planned.value.basis).toEqual({
      buyPrice: '17.1',
      buyCurrency: 'EUR',
      markup: { method: 'percent', rounding: 'up-90', rate: '0.4', floor: '17' },
      exchange: { from: 'EUR', rate: '0.94', source: 'typed in', date: '2026-06-05' },
    })
  })

  test('takes a rule, and a rate where currencies differ', () => {
    expect(outcome(plan({ method: 'rules' }, { rules: [] }))).toBe('no-markup-rule')
    expect(outcome(plan({ method: 'rules' }, { rules: [{ ...rule, exchange: null }] }))).toBe('exchange-missing')
    expect(outcome(plan({ method: 'rules' }, { buy: null }))).toBe('no-buy-price')
  })
})

describe('a price of the seller’s own', () => {
  test('below what it costs, 16.074 francs, takes a reason', () => {
    const cheap = own('16')
    expect(outcome(plan(cheap))).toBe('below-buy')
    const planned = plan(cheap, {}, true)
    expect(planned.ok && planned.value.overcome).toEqual(['below-buy', 'below-floor'])
  })

  test('outside the range of the parent, 9.40 to 28.20 francs, is refused with a reason too', () => {
    expect(outcome(plan(own('9.39'), {}, true))).toBe('below-range')
    expect(outcome(plan(own('28.20'), {}, true))).toBe('28.2')
    expect(outcome(plan(own('28.21'), {}, true))).toBe('above-range')
  })

  test('of a product without a parent needs no rate and has no buy price', () => {
    const nothing = { buy: null, buyCurrency: null, range: { floor: null, ceiling: null }, rules: [] }
    const planned = plan(own('5'), nothing)
    expect(planned.ok && planned.value.basis).toEqual({ markup: { method: 'own' } })
  })
})
