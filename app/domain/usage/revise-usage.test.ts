import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { reviseUsage } from './revise-usage.ts'

test('the same fact with another quantity keeps the larger one', () => {
  expect(reviseUsage(new Decimal('23.5'), new Decimal('24'))).toBe('raised')
  expect(reviseUsage(new Decimal('24'), new Decimal('23.5'))).toBe('kept')
})

test('the same fact with the same quantity is dropped, however it is written', () => {
  expect(reviseUsage(new Decimal('24.000'), new Decimal('24'))).toBe('same')
  expect(reviseUsage(undefined, new Decimal('24'))).toBe('new')
})
