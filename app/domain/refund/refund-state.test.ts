import { expect, test } from 'vitest'
import { type RefundState, refundAfter } from './refund-state.ts'

test.each([
  ['created', 'pending', 'pending'],
  ['unknown', 'done', 'done'],
  ['pending', 'failed', 'failed'],
  ['done', 'pending', 'done'],
  ['done', 'failed', 'failed'],
  ['failed', 'done', 'failed'],
  ['refused', 'done', 'refused'],
  ['waiting', 'done', 'waiting'],
] as const)('a refund that is %s and is seen %s is %s', (state: RefundState, seen, after) => {
  expect(refundAfter(state, seen)).toBe(after)
})
