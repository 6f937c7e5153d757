/** What a contract agreed on what happens as its limit is used up. Percentages of the limit; hours; days of a prepaid balance. */
export type CreditThresholds = {
  readonly warnPercents: readonly number[]
  readonly suspendPercent: number
  readonly suspendHours: number
  readonly policy: 'block-only' | 'suspend-services'
  readonly prepaidDays: number
}

/** What holds where nothing was agreed: services of a reseller's customers never stop for its own debt. */
export function usualThresholds({ isReseller }: { readonly isReseller: boolean }): CreditThresholds {
  return {
    warnPercents: [80, 95],
    suspendPercent: 110,
    suspendHours: 24,
    policy: isReseller ? 'block-only' : 'suspend-services',
    prepaidDays: 3,
  }
}

/** A step of the way: `over` begins the hours that a suspension waits for. */
export type CreditStep = `warn-${number}` | 'warn' | 'block' | 'over' | 'suspend'

/** How far below a warning the use must fall before it may be given again, in points. */
const hysteresis = 5

export type CreditStanding = {
  /** Percent of the limit; null for a prepaid account, which has none. */
  readonly used: number | null
  readonly availableMinor: bigint
  /** How long what is available lasts at the present rate; null when nothing is used. */
  readonly daysLeft: number | null
}

/** The steps that stand and since when. */
export type StandingSteps = ReadonlyMap<CreditStep, Date>

type Before = { readonly steps: StandingSteps; readonly now: Date }

/** The steps that stand now, given those that stood: warnings end only well below, a block once anything is available again. */
export function stepsAt(thresholds: CreditThresholds, standing: CreditStanding, before: Before): ReadonlySet<CreditStep> {
  return new Set([...warnings(thresholds, standing, before), ...stops(thresholds, standing, before)])
}

function warnings({ warnPercents, prepaidDays }: CreditThresholds, { used, daysLeft }: CreditStanding, { steps }: Before): CreditStep[] {
  if (used === null) return daysLeft !== null && daysLeft < prepaidDays ? ['warn'] : []
  return warnPercents.flatMap((percent) => {
    const step: CreditStep = `warn-${percent}`
    return used >= percent || (steps.has(step) && used > percent - hysteresis) ? step : []
  })
}

function stops({ suspendPercent, suspendHours, policy }: CreditThresholds, standing: CreditStanding, { steps, now }: Before): CreditStep[] {
  if (!isSpent(standing)) return []
  const isOver = standing.used === null || standing.used >= suspendPercent
  const since = steps.get('over')
  const isLong = isOver && since !== undefined && now.getTime() - since.getTime() >= suspendHours * 3_600_000
  const isSuspended = policy === 'suspend-services' && (isLong || steps.has('suspend'))
  return ['block', ...(isOver ? (['over'] as const) : []), ...(isSuspended ? (['suspend'] as const) : [])]
}

/** A prepaid account that never spent anything has nothing to block: it simply has no room. */
function isSpent({ used, availableMinor }: CreditStanding): boolean {
  return used === null ? availableMinor < 0n : availableMinor <= 0n
}
