import { expect, test } from 'vitest'
import { whyNotReversible } from './entry-kind.ts'

test.each([
  ['payment', false, null],
  ['deferral', false, 'belongs-to-document'],
  ['payment', true, 'already-reversed'],
  ['invoice', false, 'belongs-to-document'],
  ['credit-note', false, 'belongs-to-document'],
  ['debit-note', true, 'belongs-to-document'],
  ['write-off', false, 'belongs-to-document'],
  ['void', false, 'belongs-to-document'],
  ['reversal', false, 'is-reversal'],
] as const)('an entry of kind %s, reversed %s: %s', (kind, isReversed, why) => {
  expect(whyNotReversible({ kind, isReversed })).toBe(why)
})
