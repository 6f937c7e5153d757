import { expect, test } from 'vitest'
import { costText, modelOfTerms } from './models.fixture.ts'
import { describeModel, mapModelPrices, modelTerms } from './registry.ts'

const terms = {
  tiers: [
    { upTo: '10', unitPrice: '0.02', flat: '5' },
    { upTo: null, unitPrice: '0.010000000001', flat: '0' },
  ],
}
const graduated = modelOfTerms('graduated', terms)

test('parameters come back as they were written', () => {
  expect(modelTerms(graduated)).toEqual(terms)
  expect(modelTerms(modelOfTerms('package', { size: '10', price: '3' }))).toEqual({ size: '10', price: '3', free: '0' })
})

test('a change of prices leaves quantities alone and tells what it changes', () => {
  const doubled = mapModelPrices(graduated, (price, nature) => (nature === 'unit' ? price.times(2) : price))
  expect(costText(doubled, '10')).toBe('5.4')
  const dearer = mapModelPrices(modelOfTerms('percentage', { rate: '2', fixed: '1', free: '10' }), (price, nature) =>
    nature === 'percent' ? price : price.plus(1),
  )
  expect(modelTerms(dearer)).toEqual({ rate: '2', fixed: '2', free: '10' })
})

test('a description names its figures and what they are', () => {
  expect(describeModel(graduated, { unit: 'GB', currency: 'EUR' })).toEqual({
    key: 'models.graduated',
    unit: 'GB',
    currency: 'EUR',
    values: {},
    steps: [
      {
        key: 'models.step.up-to-plus',
        unit: 'GB',
        currency: 'EUR',
        values: { price: { rate: '0.02' }, flat: { price: '5' }, edge: { quantity: '10' } },
      },
      { key: 'models.step.above', unit: 'GB', currency: 'EUR', values: { price: { rate: '0.010000000001' }, edge: { quantity: '10' } } },
    ],
  })
})
