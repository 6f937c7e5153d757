/**
 * Where an attempt stands, each further along than the one before it: `unknown` was handed over without an answer; `expired` is a page that
 * nobody finished. The last four are final, but money that came after all counts: a success follows any failure.
 */
export const attemptStates = [
  'created',
  'unknown',
  'pending',
  'action-required',
  'authorised',
  'expired',
  'cancelled',
  'failed',
  'captured',
] as const
export type AttemptState = (typeof attemptStates)[number]

const final: readonly AttemptState[] = ['expired', 'cancelled', 'failed', 'captured']

/** Whether nothing more is expected of an attempt in `state`. */
export function isFinished(state: AttemptState): boolean {
  return final.includes(state)
}

/**
 * Where an attempt stands after it was seen in `seen`: the further one of the two. Seen in whatever order and however often, the same
 * states end in the same one.
 */
export function afterSeen(state: AttemptState, seen: AttemptState): AttemptState {
  return attemptStates.indexOf(seen) > attemptStates.indexOf(state) ? seen : state
}
