import { expect, test } from 'vitest'
import { plainNumber } from './plain-number.ts'

test.each([
  ['12.50', '12.50'],
  ['12,50', '12.50'],
  ['1.234,50', '1234.50'],
  ['1,234.50', '1234.50'],
  ['1 234,5', '1234.5'],
  ["1'234.50", '1234.50'],
  ['١٢٫٥٠', '12.50'],
  ['۱۲٫۵', '12.5'],
  [' 20 ', '20'],
  ['0,125', '0.125'],
])('%s is %s', (typed, plain) => {
  expect(plainNumber(typed)).toBe(plain)
})

test.each(['1,234', '1.234.567', 'zwölf', '-5', '12,', ',5', '1,2,3'])('%s is no number that is read one way only', (typed) => {
  expect(plainNumber(typed)).toBeUndefined()
})
