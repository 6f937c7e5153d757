/** So many requests in a minute: of one key, and of all keys and addresses of one store. */
export const perMinute = { key: 300, store: 6_000 } as const

const windowSeconds = 60
const keepAtMost = 50_000
type Count = { used: number; readonly endsAt: number }

// Counted per process, as tries to sign in are: with n processes a key has up to n times as many requests.
const counts = new Map<string, Count>()

export type Allowance = { readonly isAllowed: boolean; readonly headers: Record<string, string> }

/** Counts a request of `subject` at `nowMs`, and says what is left in the headers of the standard. */
export function countRequest(limit: keyof typeof perMinute, subject: string, nowMs: number): Allowance {
  const name = `${limit} ${subject}`
  const known = counts.get(name)
  const count = known && known.endsAt > nowMs ? known : { used: 0, endsAt: nowMs + windowSeconds * 1_000 }
  count.used += 1
  counts.delete(name)
  counts.set(name, count)
  const oldest = counts.size > keepAtMost ? counts.keys().next().value : undefined
  if (oldest !== undefined) counts.delete(oldest)

  const quota = perMinute[limit]
  const isAllowed = count.used <= quota
  const seconds = Math.max(Math.ceil((count.endsAt - nowMs) / 1_000), 1)
  return {
    isAllowed,
    headers: {
      'RateLimit-Policy': `"${limit}";q=${quota};w=${windowSeconds}`,
      RateLimit: `"${limit}";r=${Math.max(quota - count.used, 0)};t=${seconds}`,
      ...(isAllowed ? {} : { 'Retry-After': String(seconds) }),
    },
  }
}
