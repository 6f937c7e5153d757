import { type Money, money } from '../money/money.ts'

/** One dated row of a limit: a base from `validFrom` on, or an increase `[validFrom, validUntil)`. Amounts in minor units. */
export type LimitRow = {
  readonly kind: 'base' | 'increase'
  readonly amountMinor: bigint
  readonly validFrom: Date
  readonly validUntil: Date | null
}

/** `limit(t) = base(t) + the increases active at t`, of rows that were agreed. No base is no limit: nothing may be owed. */
export function limitAt(rows: readonly LimitRow[], at: Date, currency: string): Money {
  const bases = rows.filter(({ kind, validFrom }) => kind === 'base' && validFrom <= at)
  const base = bases.toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime()).at(-1)
  const increases = rows.filter(
    ({ kind, validFrom, validUntil }) => kind === 'increase' && validFrom <= at && validUntil && at < validUntil,
  )
  return money(
    increases.reduce((all, { amountMinor }) => all + amountMinor, base?.amountMinor ?? 0n),
    currency,
  )
}
