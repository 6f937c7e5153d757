import type { AttemptState } from './attempt-state.ts'

const minute = 60_000
/** How long a page of a gateway waits for its payer, in milliseconds. */
const pageOpenMs = 60 * minute
/** An attempt that its gateway has never heard of is given up after this, in milliseconds: no request travels for so long. */
const neverHeardMs = 10 * minute
const slowest = 6 * 60 * minute

export type Asking = { readonly kind: 'checkout' | 'off-session' | 'setup'; readonly state: AttemptState; readonly createdAt: Date }

/**
 * When the gateway is asked about an open attempt, at the latest: a page when its time is over, everything else soon and then ever more
 * rarely, each time after a tenth of its age; between one minute and six hours.
 */
export function nextDeadline({ kind, state, createdAt }: Asking, now: Date): Date {
  const pageEnds = new Date(createdAt.getTime() + pageOpenMs)
  const waitsForPayer = kind !== 'off-session' && state !== 'unknown' && state !== 'created'
  if (waitsForPayer && pageEnds > now) return pageEnds
  const age = now.getTime() - createdAt.getTime()
  return new Date(now.getTime() + Math.min(Math.max(age / 10, minute), slowest))
}

/** Whether the page of an attempt has waited long enough to be closed. */
export function isPageOver({ kind, createdAt }: Pick<Asking, 'kind' | 'createdAt'>, now: Date): boolean {
  return kind !== 'off-session' && now.getTime() - createdAt.getTime() >= pageOpenMs
}

/** Whether an attempt that its gateway does not know will not arrive there any more. */
export function isNeverArriving({ createdAt }: Pick<Asking, 'createdAt'>, now: Date): boolean {
  return now.getTime() - createdAt.getTime() >= neverHeardMs
}
