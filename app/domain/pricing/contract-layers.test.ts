import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type ContractLayer, contractLayers, rulesOfLayers, rulesThatCount } from './contract-layers.ts'
import { plainRule } from './price-rule.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const listed = { priceBookId: 'list', isOfLevel: false, isPublic: true }
const silver = { priceBookId: 'silver', isOfLevel: true, isPublic: false }
const dated = (priceBookId: string, layer: ContractLayer['layer'], from: string, to: string | null = null): ContractLayer => ({
  priceBookId,
  layer,
  validFrom: day(from),
  validTo: to === null ? null : day(to),
})
const month = (book: string, price: string) =>
  plainRule({
    id: `${book}-month`,
    priceVersionId: `${book}-1`,
    feeKind: 'recurring',
    productId: 'web-1',
    meter: null,
    unit: 'month',
    unitPrice: new Decimal(price),
    validFrom: day('2026-01-01'),
  })

test('the public list is the last layer of a contract that has nothing else, and an agreed book comes before it', () => {
  expect(contractLayers(listed, [])).toEqual([{ priceBookId: 'list', layer: 3, validFrom: null, validTo: null }])
  expect(contractLayers({ ...listed, isPublic: false }, [])).toEqual([{ priceBookId: 'list', layer: 1, validFrom: null, validTo: null }])
  expect(contractLayers(silver, [])).toEqual([{ priceBookId: 'silver', layer: 2, validFrom: null, validTo: null }])
})

test('a level from June on takes the place of the level the contract was made with', () => {
  const bronze = dated('bronze', 2, '2026-06-01')
  expect(contractLayers(silver, [bronze])).toEqual([
    bronze,
    { priceBookId: 'silver', layer: 2, validFrom: null, validTo: day('2026-06-01') },
  ])
})

test('a level that ends gives the place back to the one before', () => {
  const bronze = dated('bronze', 2, '2026-06-01', '2026-07-01')
  expect(contractLayers(silver, [bronze])).toEqual([
    bronze,
    { priceBookId: 'silver', layer: 2, validFrom: null, validTo: day('2026-06-01') },
    { priceBookId: 'silver', layer: 2, validFrom: day('2026-07-01'), validTo: null },
  ])
})

test('a price of a layer holds only as long as the layer', () => {
  const rules = { list: [month('list', '19.00')], silver: [month('silver', '15.20')], bronze: [month('bronze', '17.10')] }
  const layers = contractLayers(listed, [dated('silver', 2, '2026-03-01', '2026-06-01'), dated('bronze', 2, '2026-06-01')])
  const prices = rulesOfLayers(layers, (book) => rules[book as keyof typeof rules])
  expect(prices.map(({ unitPrice, layer, validFrom, validTo }) => [unitPrice.toFixed(2), layer, validFrom, validTo])).toEqual([
    ['15.20', 2, day('2026-03-01'), day('2026-06-01')],
    ['17.10', 2, day('2026-06-01'), null],
    ['19.00', 3, day('2026-01-01'), null],
  ])
})

test('a layer that ended before the price began leaves nothing of it', () => {
  const layers = [dated('silver', 2, '2025-01-01', '2025-12-01')]
  expect(rulesOfLayers(layers, () => [month('silver', '15.20')])).toEqual([])
})

test('where two layers price the same thing, only the lower one counts', () => {
  const rules = [
    month('silver', '15.20'),
    { ...month('list', '19.00'), layer: 3 as const },
    { ...month('setup', '9.00'), feeKind: 'setup' as const, layer: 3 as const },
  ]
  expect(rulesThatCount(rules, day('2026-06-01')).map((rule) => rule.id)).toEqual(['silver-month', 'setup-month'])
})
