import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms } from './models.fixture.ts'
import { volumeCliffs } from './volume.ts'

const requests = modelOfTerms('volume', {
  tiers: [
    { upTo: '1000', unitPrice: '0.10', flat: '2' },
    { upTo: '5000', unitPrice: '0.05' },
    { upTo: null, unitPrice: '0.04' },
  ],
})

test.each([
  ['0', '2'],
  ['-1', '2'],
  ['0.000000000001', '2.0000000000001'],
  ['1000', '102'],
  ['1001', '50.05'],
  ['5000', '250'],
  ['5001', '200.04'],
  ['100000000000000000000', '4000000000000000000'],
])('%s requests cost %s, all at the price of the tier reached', (quantity, cost) => {
  expect(costText(requests, quantity)).toBe(cost)
})

test('the delta that reaches a cheaper tier lowers what was charged before', () => {
  expect(deltaText(requests, '1000', '1001')).toBe('-51.95')
  expect(deltaText(requests, '1001', '1000')).toBe('51.95')
})

test('a cliff is named with the amounts on both sides', () => {
  const cliffs = requests.kind === 'volume' ? volumeCliffs(requests.params) : []
  expect(cliffs.map(({ at, costAt, costAfter }) => [at, costAt, costAfter].map(String))).toEqual([
    ['1000', '102', '50'],
    ['5000', '250', '200'],
  ])
})

test('a volume price that never gets cheaper as a whole has no cliff', () => {
  const rising = modelOfTerms('volume', {
    tiers: [
      { upTo: '10', unitPrice: '1' },
      { upTo: null, unitPrice: '2' },
    ],
  })
  expect(rising.kind === 'volume' && volumeCliffs(rising.params)).toEqual([])
})
