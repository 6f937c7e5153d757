import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms, refusalsOf } from './models.fixture.ts'

const backups = modelOfTerms('stairstep', {
  tiers: [
    { upTo: '0', flat: '0' },
    { upTo: '100', flat: '9' },
    { upTo: '1000', flat: '49' },
    { upTo: null, flat: '199' },
  ],
})

test.each([
  ['0', '0'],
  ['-1', '0'],
  ['0.000000000001', '9'],
  ['100', '9'],
  ['100.000000000001', '49'],
  ['1000', '49'],
  ['100000000000000000000', '199'],
])('%s GiB are in the bracket of %s', (quantity, cost) => {
  expect(costText(backups, quantity)).toBe(cost)
})

test('a delta pays the difference of the brackets, and a correction gives it back', () => {
  expect(deltaText(backups, '90', '110')).toBe('40')
  expect(deltaText(backups, '110', '90')).toBe('-40')
})

test('without a bracket for zero the first one is due without any use', () => {
  expect(costText(modelOfTerms('stairstep', { tiers: [{ upTo: null, flat: '9' }] }), '0')).toBe('9')
})

test('a bracket has no price per unit', () => {
  expect(refusalsOf('stairstep', { tiers: [{ upTo: null, flat: '9', unitPrice: '1' }] })).toEqual(['tiers.0.unitPrice unknown-field'])
})
