import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { modelTerms, readPriceModel } from '../models/registry.ts'
import { plainRule, type RuleModel } from '../price-rule.ts'
import { type FilteredPrice, isFiltered, type PriceFigures, type PriceFilter, pricesOf, shiftFigures } from './change-rule.ts'

const decimal = (text: string) => new Decimal(text)
const rise = { method: 'percent', percent: decimal('4.5') } as const

function figures(facts: { unitPrice: string; cap?: string; minimum?: string; model?: RuleModel }): PriceFigures {
  return plainRule({
    id: 'r',
    priceVersionId: 'v',
    feeKind: 'usage',
    productId: null,
    meter: 'traffic.sent',
    unit: 'GB',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    unitPrice: decimal(facts.unitPrice),
    cap: facts.cap ? decimal(facts.cap) : null,
    minimum: facts.minimum ? decimal(facts.minimum) : null,
    ...(facts.model ? { model: facts.model } : {}),
  })
}

function modelOf(kind: string, terms: unknown): RuleModel {
  const read = readPriceModel(kind, terms)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value as RuleModel
}

test('4.5 % more, rounded to .90, moves the price and its cap; a rate per GB keeps its decimals', () => {
  const next = shiftFigures(figures({ unitPrice: '0.02', cap: '24.9' }), { shift: rise, rounding: 'ending-90', currency: 'EUR' })
  expect([next.unitPrice.toFixed(), next.cap?.toFixed()]).toEqual(['0.0209', '25.9'])
})

test('every tier of a graduated price moves, its edges stay', () => {
  const model = modelOf('graduated', {
    tiers: [
      { upTo: '100', unitPrice: '0', flat: '0' },
      { upTo: null, unitPrice: '0.1', flat: '5' },
    ],
  })
  const next = shiftFigures(figures({ unitPrice: '0', model }), { shift: rise, rounding: 'none', currency: 'EUR' })
  expect(next.model.kind === 'graduated' && modelTerms(next.model)).toEqual({
    tiers: [
      { upTo: '100', unitPrice: '0', flat: '0' },
      { upTo: null, unitPrice: '0.1045', flat: '5.225' },
    ],
  })
})

test('a percentage of money is no price of ours: only its fixed fee moves', () => {
  const model = modelOf('percentage', { rate: '2.5', fixed: '1', free: '0' })
  const next = shiftFigures(figures({ unitPrice: '2.5', model }), { shift: rise, rounding: 'minor', currency: 'EUR' })
  expect(next.model.kind === 'percentage' && modelTerms(next.model)).toEqual({ rate: '2.5', fixed: '1.05', free: '0' })
  expect(next.unitPrice.toFixed()).toBe('2.5')
})

test('an amount is added in the currency of the book and leaves the cap', () => {
  const shift = { method: 'amount', amounts: { EUR: decimal('1.5'), JPY: decimal('200') } } as const
  const inEuro = shiftFigures(figures({ unitPrice: '19.9', cap: '100' }), { shift, rounding: 'none', currency: 'EUR' })
  const inYen = shiftFigures(figures({ unitPrice: '2980' }), { shift, rounding: 'ending-90', currency: 'JPY' })
  expect([inEuro.unitPrice.toFixed(), inEuro.cap?.toFixed(), inYen.unitPrice.toFixed()]).toEqual(['21.4', '100', '3180'])
})

test('what is free stays free, and a fall below zero shows', () => {
  const shift = { method: 'amount', amounts: { EUR: decimal('-5') } } as const
  const next = shiftFigures(figures({ unitPrice: '3' }), { shift, rounding: 'none', currency: 'EUR' })
  expect(pricesOf(next).some((price) => price.isNegative())).toBe(true)
  expect(shiftFigures(figures({ unitPrice: '0' }), { shift, rounding: 'none', currency: 'EUR' }).unitPrice.toFixed()).toBe('0')
})

test('a filter takes by kind of fee, product, product group and meter', () => {
  const open: PriceFilter = { feeKinds: [], productGroup: null, productIds: [], meters: [] }
  const fee: FilteredPrice = { feeKind: 'recurring', productId: 'web-1', meter: null, productGroup: 'servers' }
  const rate: FilteredPrice = { feeKind: 'usage', productId: null, meter: 'traffic.sent', productGroup: null }
  const taken = (filter: Partial<PriceFilter>) => [fee, rate].map((price) => isFiltered({ ...open, ...filter }, price))
  expect(taken({})).toEqual([true, true])
  expect(taken({ feeKinds: ['recurring'] })).toEqual([true, false])
  expect(taken({ productGroup: 'servers' })).toEqual([true, false])
  expect(taken({ meters: ['traffic.sent'] })).toEqual([false, true])
  expect(taken({ productIds: ['web-2'] })).toEqual([false, false])
})
