import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { costText, deltaText, modelOfTerms, refusalsOf } from './models.fixture.ts'
import { slicesOf } from './registry.ts'

const traffic = modelOfTerms('graduated', {
  tiers: [
    { upTo: '10000', unitPrice: '0.02', flat: '5' },
    { upTo: '50000', unitPrice: '0.015', flat: '10' },
    { upTo: null, unitPrice: '0.01' },
  ],
})

test.each([
  ['0', '5'],
  ['-7', '5'],
  ['0.000000000001', '5.00000000000002'],
  ['1', '5.02'],
  ['10000', '205'],
  ['10000.000000000001', '215.000000000000015'],
  ['10001', '215.015'],
  ['50000', '815'],
  ['50001', '815.01'],
  ['100000000000000000000', '1000000000000000315'],
])('%s GB cost %s', (quantity, cost) => {
  expect(costText(traffic, quantity)).toBe(cost)
})

test('a flat price is due once its first unit is reached, and given back with it', () => {
  expect(deltaText(traffic, '9999', '10001')).toBe('10.035')
  expect(deltaText(traffic, '10001', '9999')).toBe('-10.035')
})

const cut = (before: string, after: string) =>
  slicesOf(traffic, new Decimal(before), new Decimal(after)).map(
    (slice) => `${slice.tier}: ${slice.from} to ${slice.to} at ${slice.unitPrice}`,
  )

test('a delta is cut where it crosses tiers', () => {
  expect(cut('0', '60000')).toEqual(['0: 0 to 10000 at 0.02', '1: 10000 to 50000 at 0.015', '2: 50000 to 60000 at 0.01'])
  expect(cut('10', '20')).toEqual(['0: 10 to 20 at 0.02'])
  expect(cut('0', '10000')).toEqual(['0: 0 to 10000 at 0.02'])
  expect(cut('10000', '10001')).toEqual(['1: 10000 to 10001 at 0.015'])
  expect(cut('10000', '10000')).toEqual(['0: 10000 to 10000 at 0.02'])
})

test('a correction is cut at the same places, the other way round', () => {
  expect(cut('50001', '9999')).toEqual(['2: 50001 to 50000 at 0.01', '1: 50000 to 10000 at 0.015', '0: 10000 to 9999 at 0.02'])
})

test('every refusal names the field', () => {
  const tier = (upTo: string | null, unitPrice = '1') => ({ upTo, unitPrice })
  expect(refusalsOf('graduated', { tiers: [tier('10'), tier('5'), tier(null)] })).toEqual(['tiers.1.upTo tiers-not-ascending'])
  expect(refusalsOf('graduated', { tiers: [tier('10'), tier('10'), tier(null)] })).toEqual(['tiers.1.upTo tiers-not-ascending'])
  expect(refusalsOf('graduated', { tiers: [tier('10'), tier('20')] })).toEqual(['tiers.1.upTo last-tier-has-an-end'])
  expect(refusalsOf('graduated', { tiers: [tier(null), tier('20'), tier(null)] })).toEqual(['tiers.0.upTo open-tier-before-the-last'])
  expect(refusalsOf('graduated', { tiers: [tier('10', '-1'), tier(null)] })).toEqual(['tiers.0.unitPrice not-a-decimal'])
  expect(refusalsOf('graduated', { tiers: [{ ...tier(null), price: '1' }] })).toEqual(['tiers.0.price unknown-field'])
  expect(refusalsOf('graduated', { tiers: [] })).toEqual(['tiers no-tiers'])
  expect(refusalsOf('graduated', { tiers: 'none' })).toEqual(['tiers wrong-type'])
  expect(refusalsOf('surge', {})).toEqual(['kind unknown-model'])
})
