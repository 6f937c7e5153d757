const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** How long a delivery is tried, in milliseconds: 72 hours from its first attempt. */
export const retryWindowMs = 72 * hour
/** An endpoint that has taken nothing for so long is paused, in milliseconds: 5 days. */
export const pauseAfterMs = 5 * 24 * hour

const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour]

export type FailedAttempt = {
  /** 1 for the first. */
  readonly attempt: number
  /** Since the first attempt, in milliseconds. */
  readonly elapsedMs: number
  /** From 0 to 1: spreads what failed together. */
  readonly jitter: number
}

/** Milliseconds until the next attempt, a fifth more or less by `jitter`; null when it would begin after the window. */
export function waitAfter({ attempt, elapsedMs, jitter }: FailedAttempt): number | null {
  const base = waits[Math.min(attempt, waits.length) - 1] ?? hour
  const wait = Math.round(base * (0.8 + 0.4 * jitter))
  return elapsedMs + wait <= retryWindowMs ? wait : null
}
