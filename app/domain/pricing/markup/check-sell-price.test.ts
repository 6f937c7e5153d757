import { describe, expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { checkSellPrice, isOverridable, marginOf, type SellPriceCheck } from './check-sell-price.ts'

const decimal = (text: string | undefined) => (text === undefined ? null : new Decimal(text))
type Facts = { buy?: string; floor?: string; least?: string; most?: string; feeKind?: 'recurring' | 'setup' }
const check = (price: string, { buy, floor, least, most, feeKind = 'recurring' }: Facts) =>
  checkSellPrice({
    sell: { feeKind, meter: null, unitPrice: new Decimal(price), cap: null },
    bought: buy === undefined ? null : { unitPrice: new Decimal(buy), cap: null },
    floor: decimal(floor),
    range: { floor: decimal(least), ceiling: decimal(most) },
  })

describe('a sell price', () => {
  test('at its buy price, its floor and both ends of the range is allowed', () => {
    expect(check('10', { buy: '10', floor: '10', least: '10', most: '10' })).toEqual([])
  })

  test('below what it costs, or below the own floor, is a loss that takes a reason', () => {
    expect(check('9.99', { buy: '10' })).toEqual(['below-buy'])
    expect(check('11', { buy: '10', floor: '12' })).toEqual(['below-floor'])
    expect([isOverridable('below-buy'), isOverridable('below-floor')]).toEqual([true, true])
  })

  test('outside the range of the parent is refused whatever the reason', () => {
    expect(check('9', { least: '10' })).toEqual(['below-range'])
    expect(check('31', { most: '30' })).toEqual(['above-range'])
    expect([isOverridable('below-range'), isOverridable('above-range')]).toEqual([false, false])
  })

  test('that is not monthly is in no range', () => {
    expect(check('1', { feeKind: 'setup', least: '10', most: '30' })).toEqual([])
  })

  test('of a product without a parent has no buy price to be below', () => {
    expect(check('0.01', {})).toEqual([])
  })

  test('of a server charged by the hour is as high as its monthly cap', () => {
    const sell: SellPriceCheck['sell'] = {
      feeKind: 'usage',
      meter: 'server.running',
      unitPrice: new Decimal('0.01'),
      cap: new Decimal('5'),
    }
    const bought = { unitPrice: new Decimal('0.01'), cap: new Decimal('6') }
    const range = { floor: new Decimal('5.50'), ceiling: null }
    expect(checkSellPrice({ sell, bought, floor: null, range })).toEqual(['below-range', 'below-buy'])
  })
})

describe('the margin', () => {
  test('of 22.90 over 16.074 is 6.826, or 42.47 %', () => {
    const margin = marginOf(new Decimal('22.90'), new Decimal('16.074'))
    expect([margin.amount.toFixed(), margin.percent?.toFixed()]).toEqual(['6.826', '42.47'])
  })

  test('of what costs nothing has no percentage', () => {
    expect(marginOf(new Decimal('5'), new Decimal(0)).percent).toBeNull()
  })
})

test('a price that includes tax is compared with what was bought by its net', () => {
  const nothing = { floor: null, ceiling: null }
  const gross = (unitPrice: string) => ({ feeKind: 'recurring' as const, meter: null, unitPrice: new Decimal(unitPrice), cap: null })
  const check = { bought: { unitPrice: new Decimal('10'), cap: null }, floor: null, range: nothing, taxPercent: new Decimal(20) }
  expect(checkSellPrice({ ...check, sell: gross('11.99') })).toEqual(['below-buy'])
  expect(checkSellPrice({ ...check, sell: gross('12') })).toEqual([])
})
