import type { Money } from '../money/money.ts'
import { type AttemptState, afterSeen } from './attempt-state.ts'

/** What a gateway says of a payment, in the words of our states. */
export type Observation = {
  readonly attemptId: string
  readonly state: AttemptState
  readonly amount: Money
  readonly captured: Money
}

export type ObservationProblem = 'other-attempt' | 'other-currency' | 'other-amount' | 'more-than-asked'

type Asked = { readonly id: string; readonly state: AttemptState; readonly amount: Money; readonly captured: Money }

/**
 * Why what a gateway says is not about what was asked of it; null when it is. Less than the amount may be captured, more never. A set-up,
 * whose amount is nothing, only has to name its attempt.
 */
export function problemOf(asked: Asked, seen: Observation): ObservationProblem | null {
  if (seen.attemptId !== asked.id) return 'other-attempt'
  if (asked.amount.minor === 0n) return null
  if (seen.amount.currency !== asked.amount.currency || seen.captured.currency !== asked.amount.currency) return 'other-currency'
  if (seen.amount.minor !== asked.amount.minor) return 'other-amount'
  return seen.captured.minor > asked.amount.minor ? 'more-than-asked' : null
}

/** State and captured sum of an attempt after `seen`: neither ever goes back. */
export function takeIn<A extends Asked>(asked: A, seen: Observation): Pick<Asked, 'state' | 'captured'> {
  const captured = seen.captured.minor > asked.captured.minor ? seen.captured : asked.captured
  return { state: afterSeen(asked.state, seen.state), captured }
}
