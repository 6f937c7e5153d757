import { clock } from '#app/config/clock.server.ts'

type Limit = { readonly attempts: number; readonly windowMs: number }
type Count = { used: number; until: number }

const minute = 60_000
/** Wrong passwords for one address of one store, and from one network address to one store. */
const limits = {
  person: { attempts: 10, windowMs: 15 * minute },
  address: { attempts: 60, windowMs: 15 * minute },
  mail: { attempts: 5, windowMs: 60 * minute },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

// Counted per process: with n web processes a guesser has n times as many tries, still nothing against argon2id and the
// password rules. A shared count needs a table; see the decision record on sign-in limits.
const counts = new Map<string, Count>()
const keepAtMost = 50_000

/** Takes one attempt of `limit` for `subject`; false when none is left in the window. A known and an unknown subject count alike. */
export function takeAttempt(limit: LimitName, subject: string): boolean {
  const { attempts, windowMs } = limits[limit]
  const now = clock.now().getTime()
  const key = `${limit} ${subject}`
  const known = counts.get(key)
  const count = known && known.until > now ? known : { used: 0, until: now + windowMs }
  if (count.used >= attempts) return false
  count.used += 1
  // Written anew, so that the oldest stand first and go first when the table is full.
  counts.delete(key)
  counts.set(key, count)
  if (counts.size > keepAtMost) dropOldest()
  return true
}

/** Forgets the attempts of `subject`: it proved itself. */
export function clearAttempts(limit: LimitName, subject: string): void {
  counts.delete(`${limit} ${subject}`)
}

/** Takes back one attempt: many people sign in rightly from one address. */
export function giveBackAttempt(limit: LimitName, subject: string): void {
  const count = counts.get(`${limit} ${subject}`)
  if (count && count.used > 0) count.used -= 1
}

function dropOldest(): void {
  const oldest = counts.keys().next().value
  if (oldest !== undefined) counts.delete(oldest)
}
