import { expect, test } from 'vitest'
import { reservationStep } from './reservation.ts'

test('what is finished stays so, whatever is tried', () => {
  for (const step of ['commit', 'consume', 'release', 'expire'] as const)
    for (const state of reservationStep(step).from) expect(['held', 'committed']).toContain(state)
})

test('a committed reservation is consumed or released, and runs out of no time', () => {
  expect(reservationStep('expire').from).toEqual(['held'])
  expect(reservationStep('release')).toEqual({ from: ['held', 'committed'], to: 'released' })
  expect(reservationStep('consume').to).toBe('consumed')
})
