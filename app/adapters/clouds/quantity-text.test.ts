import { expect, test } from 'vitest'
import { readQuantity } from './quantity-text.ts'

test.each([
  ['23.999998', '23.999998'],
  ['10,499724', '10.499724'],
  ['987654321012', '987654321012'],
  ['-5', '-5'],
  [' 24 ', '24'],
  ['3e-7', '0.0000003'],
  ['1.5E3', '1500'],
  ['+2.50', '2.5'],
  ['0.001388888888888889', '0.001388888888888889'],
])('%j is read as %s', (text, quantity) => {
  expect(readQuantity(text)).toBe(quantity)
})

test.each([
  undefined,
  '',
  'NaN',
  'Infinity',
  '1.234,5',
  '1,234.5',
  '24 Hrs',
  '0x10',
  '1e26',
  '1e-31',
  '9'.repeat(27),
  `1.${'0'.repeat(90)}`,
])('%j is no quantity', (text) => {
  expect(readQuantity(text)).toBeUndefined()
})
