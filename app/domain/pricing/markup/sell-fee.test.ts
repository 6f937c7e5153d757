import { describe, expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import type { Markup } from './markup-rule.ts'
import { type FeeFigures, sellFee } from './sell-fee.ts'

const exchange = { from: 'EUR', rate: new Decimal('0.94'), source: 'typed in', date: '2026-06-05' }
const fortyPercent: Markup = { method: 'percent', rate: new Decimal('0.4'), amount: null, rounding: 'up-90', floor: null, exchange }
const buy = (unitPrice: string, more: Partial<FeeFigures> = {}): FeeFigures => ({
  unitPrice: new Decimal(unitPrice),
  cap: null,
  minimum: null,
  model: { kind: 'per-unit' },
  ...more,
})
const inFrancs = { buyCurrency: 'EUR', sellCurrency: 'CHF' }
const inEuros = { buyCurrency: 'EUR', sellCurrency: 'EUR' }
const priceOf = (figures: FeeFigures, markup: Markup, sides = inFrancs) => {
  const sold = sellFee(figures, markup, sides)
  return sold.ok ? sold.value.unitPrice.toFixed() : sold.error
}

describe('a reseller buys in euros and sells in francs', () => {
  test('17.10 at 0.94 plus 40 % is 22.5036, up to the next .90 it is 22.90', () => {
    expect(priceOf(buy('17.10'), fortyPercent)).toBe('22.9')
  })

  test('71.10 at 0.94 plus 40 % is 93.5676, up to the next .90 it is 93.90', () => {
    expect(priceOf(buy('71.10'), fortyPercent)).toBe('93.9')
  })

  test('without a rate nothing is converted, and a rate of another currency is none', () => {
    expect(priceOf(buy('17.10'), { ...fortyPercent, exchange: null })).toBe('exchange-missing')
    expect(priceOf(buy('17.10'), { ...fortyPercent, exchange: { ...exchange, from: 'USD' } })).toBe('exchange-missing')
  })
})

describe('a mark-up', () => {
  test('of an amount is added after the conversion', () => {
    expect(priceOf(buy('10'), { ...fortyPercent, method: 'amount', amount: new Decimal('2.50'), rounding: 'none' })).toBe('11.9')
  })

  test('of a fixed price does not depend on the buy price and is not rounded', () => {
    expect(priceOf(buy('10'), { ...fortyPercent, method: 'fixed-price', amount: new Decimal('15.25') })).toBe('15.25')
  })

  test('never ends below its floor, and leaves free what is free', () => {
    expect(priceOf(buy('1'), { ...fortyPercent, floor: new Decimal('5') }, inEuros)).toBe('5')
    expect(priceOf(buy('0'), { ...fortyPercent, floor: new Decimal('5') }, inEuros)).toBe('0')
  })

  test('raises the monthly cap of an hourly price as much as the hour', () => {
    const sold = sellFee(buy('0.01', { cap: new Decimal('5') }), { ...fortyPercent, rounding: 'none' }, inEuros)
    expect(sold.ok && [sold.value.unitPrice.toFixed(), sold.value.cap?.toFixed()]).toEqual(['0.014', '7'])
  })

  test('by an amount raises the cap in proportion', () => {
    const markup: Markup = { ...fortyPercent, method: 'amount', amount: new Decimal('0.01'), rounding: 'none' }
    const sold = sellFee(buy('0.01', { cap: new Decimal('5') }), markup, inEuros)
    expect(sold.ok && [sold.value.unitPrice.toFixed(), sold.value.cap?.toFixed()]).toEqual(['0.02', '10'])
  })

  test('marks up every tier, and has no fixed price for them', () => {
    const none = new Decimal(0)
    const tiers = [
      { upTo: new Decimal(100), unitPrice: new Decimal('0.10'), flat: none },
      { upTo: null, unitPrice: new Decimal('0.05'), flat: none },
    ]
    const tiered = buy('0.10', { model: { kind: 'graduated', params: { tiers } } })
    const sold = sellFee(tiered, { ...fortyPercent, rounding: 'none' }, inEuros)
    expect(
      sold.ok && sold.value.model.kind === 'graduated' && sold.value.model.params.tiers.map((tier) => tier.unitPrice.toFixed()),
    ).toEqual(['0.14', '0.07'])
    expect(priceOf(tiered, { ...fortyPercent, method: 'fixed-price', amount: new Decimal(1) }, inEuros)).toBe('not-one-price')
  })
})
