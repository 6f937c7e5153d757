import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { type ElectronicFormFacts, missingFormOf } from './electronic-form.ts'

const dinars = (...nets: bigint[]): ElectronicFormFacts => {
  const total = money(
    nets.reduce((sum, net) => sum + net, 0n),
    'KWD',
  )
  return {
    documentType: 'invoice',
    sections: [{ lines: nets.map((net) => ({ net: money(net, 'KWD') })) }],
    taxes: [{ base: total, tax: money(0n, 'KWD') }],
    total,
  }
}

test('a document in dinars has a form for machines as long as no amount of it, not even of a line, has a third decimal', () => {
  expect(missingFormOf(dinars(24_900n, 100n))).toBeNull()
  expect(missingFormOf(dinars(24_901n))).toBe('third-decimal')
  expect(missingFormOf(dinars(24_901n, 99n))).toBe('third-decimal')
})

test('a receipt of prepayment is no invoice', () => {
  expect(missingFormOf({ ...dinars(100n), documentType: 'prepayment-receipt' })).toBe('receipt')
})
