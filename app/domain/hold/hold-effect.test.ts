import { describe, expect, test } from 'vitest'
import { servicesStopFrom, unionOf } from './hold-effect.ts'

test('of several holds the strongest counts', () => {
  expect(unionOf([])).toBeNull()
  expect(unionOf(['block-orders', 'block-orders'])).toBe('block-orders')
  expect(unionOf(['block-orders', 'terminate', 'suspend-services'])).toBe('terminate')
})

describe('services stop', () => {
  const suspended = { effect: 'suspend-services', placedOn: '2026-06-10' } as const

  test('on the day of the first hold that suspends', () => {
    expect(servicesStopFrom([{ effect: 'terminate', placedOn: '2026-06-20' }, suspended], null)).toBe('2026-06-10')
  })

  test('not at all while orders are only blocked', () => {
    expect(servicesStopFrom([{ effect: 'block-orders', placedOn: '2026-06-10' }], null)).toBeNull()
  })

  test('for the customers of a reseller when the grace of its terms is over', () => {
    expect(servicesStopFrom([suspended], 14)).toBe('2026-06-24')
  })

  test('never for the customers of a reseller whose terms name no grace', () => {
    expect(servicesStopFrom([suspended], 0)).toBeNull()
  })
})
