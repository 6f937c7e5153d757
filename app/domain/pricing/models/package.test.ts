import { expect, test } from 'vitest'
import { costText, deltaText, modelOfTerms, refusalsOf } from './models.fixture.ts'

const mails = modelOfTerms('package', { size: '1000', price: '1.50', free: '500' })

test.each([
  ['0', '0'],
  ['500', '0'],
  ['500.000000000001', '1.5'],
  ['1500', '1.5'],
  ['1500.000000000001', '3'],
  ['2501', '4.5'],
  ['-20', '0'],
  ['100000000000000000000', '150000000000000000'],
])('%s mails cost %s: every thousand begun after the free ones', (quantity, cost) => {
  expect(costText(mails, quantity)).toBe(cost)
})

test('a package smaller than one unit is counted exactly', () => {
  const tiny = modelOfTerms('package', { size: '0.1', price: '1' })
  expect(costText(tiny, '0.3')).toBe('3')
  expect(costText(tiny, '0.300000000001')).toBe('4')
})

test('a delta pays only for the packages that it begins', () => {
  expect(deltaText(mails, '600', '1400')).toBe('0')
  expect(deltaText(mails, '1400', '1600')).toBe('1.5')
  expect(deltaText(mails, '1600', '1400')).toBe('-1.5')
})

test('packages of nothing are refused', () => {
  expect(refusalsOf('package', { size: '0', price: '1' })).toEqual(['size not-positive'])
})
