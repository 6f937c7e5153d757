/** Where a dispute stands: the seller is asked, the bank decides, and it is decided for good. */
export const disputeStates = ['needs-response', 'under-review', 'won', 'lost'] as const
export type DisputeState = (typeof disputeStates)[number]

/** Whether nothing more is expected of a dispute. */
export function isDecided(state: DisputeState): boolean {
  return state === 'won' || state === 'lost'
}

/** Where a dispute stands after it was seen in `seen`: never back, and what is decided stays. */
export function disputeAfter(state: DisputeState, seen: DisputeState): DisputeState {
  if (isDecided(state)) return state
  return disputeStates.indexOf(seen) > disputeStates.indexOf(state) ? seen : state
}
