import { err, ok, type Result } from '../shared/result.ts'

/** pending: ordered, not yet provided; active: provided and charged; ended: for good. */
export type SubscriptionState = 'pending' | 'active' | 'ended'

export type SubscriptionTerm = { readonly state: SubscriptionState; readonly startedAt: Date; readonly endedAt: Date | null }

/** Starts service, and charging, at `at`. Starting an active one changes nothing; an ended one never starts again. */
export function activate<S extends SubscriptionTerm>(subscription: S, at: Date): Result<S, 'subscription-already-ended'> {
  if (subscription.state === 'ended') return err('subscription-already-ended')
  if (subscription.state === 'active') return ok(subscription)
  return ok({ ...subscription, state: 'active', startedAt: at })
}

/**
 * Ends service at `at`, an instant that is not charged (B16). One that never started ends where it would have begun, so
 * nothing of it is charged. Ending an ended one changes nothing. Refuses an end before the start.
 */
export function end<S extends SubscriptionTerm>(subscription: S, at: Date): Result<S, 'ends-before-start'> {
  if (subscription.state === 'ended') return ok(subscription)
  if (subscription.state === 'pending') return ok({ ...subscription, state: 'ended', endedAt: subscription.startedAt })
  if (at.getTime() < subscription.startedAt.getTime()) return err('ends-before-start')
  return ok({ ...subscription, state: 'ended', endedAt: at })
}
