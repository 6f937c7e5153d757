import { expect, test } from 'vitest'
import { whyNotReversible } from './entry-kind.ts'

test.each([
  ['gateway-payout', false, null],
  ['top-up', false, 'belongs-to-balance'],
  ['credit-grant', false, 'belongs-to-balance'],
  ['payment', false, 'belongs-to-payment'],
  ['allocation', false, 'belongs-to-payment'],
  ['refund', true, 'belongs-to-payment'],
  ['rounding', false, 'belongs-to-payment'],
  ['deferral', false, 'belongs-to-document'],
  ['gateway-payout', true, 'already-reversed'],
  ['invoice', false, 'belongs-to-document'],
  ['credit-note', false, 'belongs-to-document'],
  ['debit-note', true, 'belongs-to-document'],
  ['write-off', false, 'belongs-to-document'],
  ['void', false, 'belongs-to-document'],
  ['reversal', false, 'is-reversal'],
] as const)('an entry of kind %s, reversed %s: %s', (kind, isReversed, why) => {
  expect(whyNotReversible({ kind, isReversed })).toBe(why)
})
