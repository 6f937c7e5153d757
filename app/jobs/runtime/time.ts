import { Cron } from 'croner'

const unitMs: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }

/**
 * The instant a step of Inngest's protocol names: an ISO 8601 instant, or a span such as `1h30m` from `now`.
 * @throws Error for anything else.
 */
export function dueAt(text: string, now: Date): Date {
  if (/^(\d+[wdhms])*$/.test(text)) return new Date(now.getTime() + spanMs(text))
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw new Error(`"${text}" is neither a span nor an instant`)
  return instant
}

function spanMs(text: string): number {
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhms])/g)) total += Number(count) * (unitMs[unit ?? ''] ?? 0)
  return total
}

/**
 * The first tick of `schedule` after `after`. A leading `TZ=Europe/Berlin ` names the zone of its wall clock; else UTC.
 * @throws Error when the schedule is malformed or never ticks again.
 */
export function nextTick(schedule: string, after: Date): Date {
  const match = /^TZ=(\S+)\s+(.+)$/.exec(schedule)
  const next = new Cron(match?.[2] ?? schedule, { timezone: match?.[1] ?? 'UTC', paused: true }).nextRun(after)
  if (!next) throw new Error(`The schedule "${schedule}" has no further tick`)
  return next
}

/** Milliseconds before try number `attempt + 1`: doubling from two seconds to a quarter of an hour, half to one and a half of it. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.min(2000 * 2 ** attempt, 900_000) * (0.5 + random())
}

/** When a `Retry-After` header asks for the next try: seconds from `now`, or an instant. */
export function retryAfter(header: string | undefined, now: Date): Date | undefined {
  if (!header) return undefined
  const at = /^\d+$/.test(header) ? new Date(now.getTime() + Number(header) * 1000) : new Date(header)
  return Number.isNaN(at.getTime()) ? undefined : at
}
