import { expect, test } from 'vitest'
import { lifeOf, type PaymentBeginning, type PaymentDeed } from './payment-story.ts'

const beginning: PaymentBeginning = {
  ref: 'sbx_pay_1',
  attemptId: '1',
  kind: 'checkout',
  minor: '5000',
  currency: 'EUR',
  customerRef: 'c',
  description: '',
  saves: false,
  captures: 'now',
  done: '',
  cancelled: '',
  language: 'en',
  createdAt: '2026-06-01T00:00:00Z',
}
const at = '2026-06-01T00:00:00Z'
const pay: PaymentDeed = { id: '1', at, kind: 'approve' }
const refund = (id: string, minor: string): PaymentDeed => ({ id, at, kind: 'refund', refundId: id, minor })
const dispute: PaymentDeed = { id: '9', at, kind: 'dispute' }

test('a dispute is over what is left after a part was given back', () => {
  expect(lifeOf({ beginning, deeds: [pay, refund('2', '2000'), dispute] }).dispute).toMatchObject({ state: 'needs-response', minor: 3000n })
})

test('nothing is left to dispute of a payment that was given back whole', () => {
  expect(lifeOf({ beginning, deeds: [pay, refund('2', '5000'), dispute] }).dispute).toBeNull()
})
