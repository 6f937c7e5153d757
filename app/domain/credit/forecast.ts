import type { Money } from '../money/money.ts'

/** What exposure grew by over the last `days`, in minor units of the contract's currency. */
export type SpendRate = { readonly spentMinor: bigint; readonly days: number }

/** How many days `available` lasts at the rate of the last days; null when nothing is spent, 0 when nothing is left. */
export function daysLeft(available: Money, { spentMinor, days }: SpendRate): number | null {
  if (spentMinor <= 0n || days <= 0) return null
  return available.minor <= 0n ? 0 : (Number(available.minor) * days) / Number(spentMinor)
}

/** The instant at which a limit is reached at the present rate; null when it is not in sight within `horizonDays`. */
export function reachedAt(now: Date, left: number | null, horizonDays = 365): Date | null {
  return left === null || left > horizonDays ? null : new Date(now.getTime() + left * 86_400_000)
}
