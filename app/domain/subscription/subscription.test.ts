import { expect, test } from 'vitest'
import { subscriptionCycle } from './subscription-cycle.ts'
import { activate, end, type SubscriptionTerm } from './subscription-state.ts'

const at = (day: number) => new Date(Date.UTC(2026, 5, day))
const pending: SubscriptionTerm = { state: 'pending', startedAt: at(1), endedAt: null }
const active: SubscriptionTerm = { state: 'active', startedAt: at(3), endedAt: null }

test('service and charging begin together', () => {
  expect(activate(pending, at(3))).toEqual({ ok: true, value: active })
  expect(activate(active, at(9))).toEqual({ ok: true, value: active })
})

test('what has ended stays ended', () => {
  const ended = { ...active, state: 'ended' as const, endedAt: at(8) }
  expect(activate(ended, at(9))).toEqual({ ok: false, error: 'subscription-already-ended' })
  expect(end(ended, at(9))).toEqual({ ok: true, value: ended })
})

test('an order that failed leaves nothing to charge', () => {
  expect(end(pending, at(9))).toEqual({ ok: true, value: { state: 'ended', startedAt: at(1), endedAt: at(1) } })
})

test('service does not end before it began', () => {
  expect(end(active, at(2))).toEqual({ ok: false, error: 'ends-before-start' })
})

test('by anniversary the months begin on the local day of the start', () => {
  const startsAt = new Date('2026-06-07T22:30:00Z')
  expect(subscriptionCycle({ anchor: 'anniversary', billingDay: 1, zone: 'Europe/Zurich', startsAt })).toEqual({
    zone: 'Europe/Zurich',
    anchorDay: 8,
  })
  expect(subscriptionCycle({ anchor: 'calendar', billingDay: 1, zone: 'Europe/Zurich', startsAt })).toEqual({
    zone: 'Europe/Zurich',
    anchorDay: 1,
  })
})
