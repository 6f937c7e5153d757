/** How much one subject may do within a window that slides. */
export type VelocityLimit = { readonly most: number; readonly windowMs: number }

/** What a subject did in the fixed window that began at `windowStart`, and in the one before it. */
export type VelocityCount = { readonly windowStart: Date; readonly taken: number; readonly takenBefore: number }

export const hourMs = 3_600_000

/** The start of the fixed window that `now` falls into. */
export function windowAt(now: Date, windowMs: number): Date {
  return new Date(Math.floor(now.getTime() / windowMs) * windowMs)
}

/**
 * The first instant from `now` on at which one more fits below `limit`; `now` itself when it fits already. Used is all of a window and, of the
 * one before, the share that a window ending then still covers: exact for evenly spread use, at most one window's limit too kind for a burst.
 */
export function retryAt(count: VelocityCount, now: Date, { most, windowMs }: VelocityLimit): Date {
  for (let window = windowAt(now, windowMs).getTime(); ; window += windowMs) {
    const earliest = Math.max(now.getTime(), window)
    const full = window === count.windowStart.getTime() ? count.taken : 0
    const fading =
      window === count.windowStart.getTime() ? count.takenBefore : window === count.windowStart.getTime() + windowMs ? count.taken : 0
    if (full + 1 > most) continue
    const share = fading === 0 ? 1 : Math.min(1, (most - 1 - full) / fading)
    const at = Math.ceil(window + (1 - share) * windowMs)
    return new Date(Math.max(earliest, at))
  }
}
