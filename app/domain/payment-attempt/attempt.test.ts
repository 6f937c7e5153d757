import { describe, expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { type AttemptState, afterSeen, attemptStates, isFinished } from './attempt-state.ts'
import { isNeverArriving, isPageOver, nextDeadline } from './deadline.ts'
import { problemOf, takeIn } from './observation.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

function* ordersOf<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield []
  for (const [index, item] of items.entries()) {
    const rest = items.toSpliced(index, 1)
    for (const order of ordersOf(rest)) yield [item, ...order]
  }
}

describe('what a gateway is seen to say', () => {
  test('ends in the same state in all 720 orders of any six states, each seen twice', () => {
    const six: AttemptState[] = ['unknown', 'pending', 'action-required', 'failed', 'cancelled', 'captured']
    const ends = new Set<AttemptState>()
    for (const order of ordersOf(six)) ends.add([...order, ...order].reduce(afterSeen, 'created'))
    expect(ends).toEqual(new Set(['captured']))
  })

  test('ends in one state for every choice of states, whatever the order', () => {
    for (let choice = 1; choice < 2 ** attemptStates.length; choice += 1) {
      const seen = attemptStates.filter((_, index) => choice & (2 ** index))
      if (seen.length > 5) continue
      const ends = new Set([...ordersOf(seen)].map((order) => order.reduce<AttemptState>(afterSeen, 'created')))
      expect(ends.size).toBe(1)
    }
  })

  test('never takes back that money came, and a success counts after a failure was noted', () => {
    for (const state of attemptStates) {
      expect(afterSeen('captured', state)).toBe('captured')
      expect(afterSeen(state, 'captured')).toBe('captured')
    }
  })

  test('closes an attempt that failed, expired, was cancelled or captured, and no other', () => {
    expect(attemptStates.filter(isFinished)).toEqual(['expired', 'cancelled', 'failed', 'captured'])
  })
})

describe('a payment at the gateway', () => {
  const asked = { id: 'a', state: 'pending', amount: eur(2380n), captured: eur(0n) } as const
  const seen = { attemptId: 'a', state: 'captured', amount: eur(2380n), captured: eur(2380n) } as const

  test('of our attempt, amount and currency is believed', () => {
    expect(problemOf(asked, seen)).toBeNull()
    expect(takeIn(asked, seen)).toEqual({ state: 'captured', captured: eur(2380n) })
  })

  test('of another attempt, amount or currency, or above what was asked, is not', () => {
    expect(problemOf(asked, { ...seen, attemptId: 'b' })).toBe('other-attempt')
    expect(problemOf(asked, { ...seen, amount: eur(2381n) })).toBe('other-amount')
    expect(problemOf(asked, { ...seen, amount: money(2380n, 'CHF') })).toBe('other-currency')
    expect(problemOf(asked, { ...seen, captured: eur(2381n) })).toBe('more-than-asked')
  })

  test('captured in part keeps the greatest sum that was seen', () => {
    const first = { ...asked, ...takeIn(asked, { ...seen, captured: eur(2000n) }) }
    expect(takeIn(first, { ...seen, captured: eur(1000n) })).toEqual({ state: 'captured', captured: eur(2000n) })
  })
})

describe('an open attempt is asked about', () => {
  const createdAt = new Date('2026-07-10T08:00:00Z')
  const at = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000)

  test('when its page has waited for an hour', () => {
    expect(nextDeadline({ kind: 'checkout', state: 'pending', createdAt }, at(1))).toEqual(at(60))
    expect(isPageOver({ kind: 'checkout', createdAt }, at(59))).toBe(false)
    expect(isPageOver({ kind: 'checkout', createdAt }, at(60))).toBe(true)
  })

  test('a minute after an answer was lost, then ever more rarely, at least every six hours', () => {
    const asking = { kind: 'off-session', state: 'unknown', createdAt } as const
    expect(nextDeadline(asking, at(0))).toEqual(at(1))
    expect(nextDeadline(asking, at(100))).toEqual(at(110))
    expect(nextDeadline(asking, at(10_000))).toEqual(at(10_360))
  })

  test('and given up ten minutes after it began when the gateway never heard of it', () => {
    expect(isNeverArriving({ createdAt }, at(9))).toBe(false)
    expect(isNeverArriving({ createdAt }, at(10))).toBe(true)
  })
})
