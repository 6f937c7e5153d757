import { type Money, zero } from '../money/money.ts'

/** Which level a reseller has over `[validFrom, validTo)`. */
export type LevelSpell = { readonly levelId: string; readonly validFrom: Date; readonly validTo: Date | null }
/** What a level lets a reseller owe in one currency, until the next one of them begins. */
export type LevelLimit = { readonly levelId: string; readonly limit: Money; readonly validFrom: Date }
/** A limit and the instant it begins at. */
export type DatedLimit = { readonly from: Date; readonly limit: Money }

export type LevelLimitFacts = {
  readonly spells: readonly LevelSpell[]
  readonly limits: readonly LevelLimit[]
  readonly currency: string
  readonly at: Date
}

/**
 * What the levels of a reseller let it owe in `currency`: the limit that holds at `at`, and each other one with the instant it begins at. Zero
 * where it has no level, or its level no limit in this currency.
 */
export function levelLimits(facts: LevelLimitFacts): readonly [DatedLimit, ...DatedLimit[]] {
  const { spells, limits, at } = facts
  const turns = [
    ...spells.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [validTo] : [])]),
    ...limits.map((row) => row.validFrom),
  ]
  const coming = [...new Set(turns.map((instant) => instant.getTime()).filter((time) => time > at.getTime()))].sort((a, b) => a - b)
  const plan: [DatedLimit, ...DatedLimit[]] = [{ from: at, limit: limitAt(facts, at) }]
  for (const time of coming) {
    const limit = limitAt(facts, new Date(time))
    if (plan.at(-1)?.limit.minor !== limit.minor) plan.push({ from: new Date(time), limit })
  }
  return plan
}

function limitAt({ spells, limits, currency }: LevelLimitFacts, at: Date): Money {
  const spell = spells.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || validTo > at))
  const begun = limits.filter((row) => row.levelId === spell?.levelId && row.limit.currency === currency && row.validFrom <= at)
  const last = begun.reduce<LevelLimit | null>((one, other) => (one && one.validFrom >= other.validFrom ? one : other), null)
  return last?.limit ?? zero(currency)
}
