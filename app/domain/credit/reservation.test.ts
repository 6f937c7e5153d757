import { expect, test } from 'vitest'
import { type ReservationState, reservationStep, takesRoom } from './reservation.ts'

const states: readonly ReservationState[] = ['held', 'committed', 'consumed', 'released', 'expired']

test('held and committed reservations take room, finished ones none', () => {
  expect(states.filter(takesRoom)).toEqual(['held', 'committed'])
})

test('what is finished stays so, whatever is tried', () => {
  for (const step of ['commit', 'consume', 'release', 'expire'] as const)
    expect(reservationStep(step).from.filter((state) => !takesRoom(state))).toEqual([])
})

test('a committed reservation is consumed or released, and runs out of no time', () => {
  expect(reservationStep('expire').from).toEqual(['held'])
  expect(reservationStep('release')).toEqual({ from: ['held', 'committed'], to: 'released' })
  expect(reservationStep('consume').to).toBe('consumed')
})
