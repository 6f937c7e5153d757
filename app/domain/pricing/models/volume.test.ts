import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms } from './models.fixture.ts'

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
