type ReservationState = 'held' | 'committed' | 'consumed' | 'released' | 'expired'
export type ReservationStep = 'commit' | 'consume' | 'release' | 'expire'

const next: Readonly<Record<ReservationStep, { readonly from: readonly ReservationState[]; readonly to: ReservationState }>> = {
  commit: { from: ['held'], to: 'committed' },
  // What is rated while an order still waits is owed all the same.
  consume: { from: ['held', 'committed'], to: 'consumed' },
  release: { from: ['held', 'committed'], to: 'released' },
  // Only what waits for money or a word runs out of time.
  expire: { from: ['held'], to: 'expired' },
}

/** The states that `step` may begin in, and the one it ends in: `held -> committed -> consumed`, or `released`, or `expired`. */
export function reservationStep(step: ReservationStep): { readonly from: readonly ReservationState[]; readonly to: ReservationState } {
  return next[step]
}

/** How long an order holds credit while money or a person's word is awaited, unless the seller says otherwise; and what it may say. */
export const usualHeldMinutes = 30
export const heldMinuteBounds = { least: 5, most: 1_440 } as const
