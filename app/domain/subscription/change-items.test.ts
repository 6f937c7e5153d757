import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { FeeItem } from '../rating/fee-subscription.ts'
import { changeItems, type ItemsToChange } from './change-items.ts'
import type { SubscriptionChange } from './subscription-change.ts'

const day = (number: number) => new Date(Date.UTC(2026, 5, number))
const item = (productId: string, from: number, to: number | null = null, changes: Partial<FeeItem> = {}): FeeItem => ({
  productId,
  role: 'main',
  quantity: new Decimal(1),
  startsAt: day(from),
  endsAt: to === null ? null : day(to),
  priceVersionId: null,
  ...changes,
})
const running: ItemsToChange = { items: [item('web-1', 1)], endsAt: null, pausedAt: null, members: [] }

/** The items afterwards, e.g. `web-1 x1 1-16`. */
function after(facts: ItemsToChange, change: SubscriptionChange, at: number): string[] | string {
  const changed = changeItems(facts, change, day(at))
  if (!changed.ok) return changed.error
  return changed.value.after.map(
    ({ productId, quantity, startsAt, endsAt }) => `${productId} x${quantity} ${startsAt.getUTCDate()}-${endsAt?.getUTCDate() ?? ''}`,
  )
}

test('an upgrade ends the old plan where the new one begins', () => {
  expect(after(running, { kind: 'plan', productId: 'web-2' }, 16)).toEqual(['web-1 x1 1-16', 'web-2 x1 16-'])
})

test('another plan takes what its bundle includes along and leaves add-ons alone', () => {
  const facts = {
    ...running,
    items: [item('web-1', 1), item('apache', 1, null, { role: 'included' }), item('backup', 1, null, { role: 'add-on' })],
    members: [{ productId: 'nginx', quantity: new Decimal(2) }],
  }
  expect(after(facts, { kind: 'plan', productId: 'web-2' }, 16)).toEqual([
    'web-1 x1 1-16',
    'apache x1 1-16',
    'backup x1 1-',
    'web-2 x1 16-',
    'nginx x2 16-',
  ])
})

test('a quantity changes from its day on', () => {
  expect(after(running, { kind: 'quantity', quantity: '3' }, 11)).toEqual(['web-1 x1 1-11', 'web-1 x3 11-'])
  expect(after(running, { kind: 'quantity', quantity: '1' }, 11)).toBe('nothing-changes')
})

test('an add-on comes once and goes again', () => {
  const change = { kind: 'add-on', productId: 'backup', quantity: '1' } as const
  expect(after(running, change, 5)).toEqual(['web-1 x1 1-', 'backup x1 5-'])
  const facts = { ...running, items: [item('web-1', 1), item('backup', 5, null, { role: 'add-on' })] }
  expect(after(facts, change, 6)).toBe('add-on-already-there')
  expect(after(facts, { kind: 'remove-add-on', productId: 'backup' }, 6)).toEqual(['web-1 x1 1-', 'backup x1 5-6'])
  expect(after(running, { kind: 'remove-add-on', productId: 'backup' }, 6)).toBe('add-on-not-there')
})

test('after a pause the same parts begin again', () => {
  const paused = {
    ...running,
    items: [item('web-1', 1, 10), item('backup', 2, 10, { role: 'add-on' }), item('old', 2, 4, { role: 'add-on' })],
  }
  expect(after({ ...paused, pausedAt: day(10) }, { kind: 'resume' }, 20)).toEqual([
    'web-1 x1 1-10',
    'backup x1 2-10',
    'old x1 2-4',
    'web-1 x1 20-',
    'backup x1 20-',
  ])
  expect(after(running, { kind: 'resume' }, 20)).toBe('not-paused')
  expect(after({ ...paused, pausedAt: day(10) }, { kind: 'pause' }, 20)).toBe('not-running')
})

test('a cancelled subscription has no parts beyond its end, not even those to come', () => {
  const facts = { ...running, items: [item('web-1', 1, 20), item('web-2', 20)] }
  expect(after(facts, { kind: 'cancel' }, 10)).toEqual(['web-1 x1 1-10'])
})

test('what is paused can be cancelled', () => {
  const paused = { ...running, items: [item('web-1', 1, 10)], pausedAt: day(10) }
  expect(after(paused, { kind: 'cancel' }, 20)).toEqual(['web-1 x1 1-10'])
})

test('nothing is changed behind a part that has begun since', () => {
  const facts = { ...running, items: [item('web-1', 1, 12), item('web-2', 12)] }
  expect(after(facts, { kind: 'quantity', quantity: '2' }, 10)).toBe('changed-later')
})

test('two changes at the same instant leave no part of no length', () => {
  const facts = { ...running, items: [item('web-1', 1, 12), item('web-2', 12)] }
  expect(after(facts, { kind: 'plan', productId: 'web-3' }, 12)).toEqual(['web-1 x1 1-12', 'web-3 x1 12-'])
})
