import { mostPieces } from '../catalog/order-pieces.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { AppTier } from './app-template.ts'

/** What a buyer chose of one tier; anything may be left out. */
export type TierChoice = { readonly plan?: string | undefined; readonly count?: string | undefined }
/** So many servers of one tier. */
export type ChosenTier = { readonly tier: AppTier; readonly planCode: string; readonly count: number }

/** `tier-plan`: the size is not one of the tier; `tier-count`: not a whole number within its limits. */
export type CompositionProblem = { readonly tier: string; readonly problem: 'tier-plan' | 'tier-count' }
export type Composition = { readonly tiers: readonly ChosenTier[]; readonly problems: readonly CompositionProblem[] }

/**
 * What an application consists of by a choice: what is left out is the tier's first size and its least number. What cannot be is replaced
 * by that too, and named.
 */
export function compose(tiers: readonly AppTier[], choices: Readonly<Record<string, TierChoice>>): Composition {
  const read = tiers.map((tier) => readTier(tier, choices[tier.code] ?? {}))
  return { tiers: read.map(({ chosen }) => chosen), problems: read.flatMap(({ problems }) => problems) }
}

function readTier(tier: AppTier, { plan, count }: TierChoice): { chosen: ChosenTier; problems: CompositionProblem[] } {
  const hasPlan = plan !== undefined && tier.planCodes.includes(plan)
  const typed = count === undefined || count === '' ? tier.least : /^\d{1,3}$/.test(count) ? Number(count) : 0
  const fits = typed >= tier.least && typed <= tier.most
  return {
    chosen: { tier, planCode: hasPlan ? plan : (tier.planCodes[0] ?? ''), count: fits ? typed : tier.least },
    problems: [
      ...(plan !== undefined && !hasPlan ? [{ tier: tier.code, problem: 'tier-plan' as const }] : []),
      ...(fits ? [] : [{ tier: tier.code, problem: 'tier-count' as const }]),
    ],
  }
}

/** The longest name of an application: those of its servers add tier and number. */
const longestName = 30

/** Whether an application may be called so: like a server, with room for what its servers add. */
export function isApplicationName(name: string | undefined): name is string {
  return name !== undefined && name.length <= longestName && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)
}

/** One line of an order as far as its tier looks at it. */
export type OrderedTier = {
  readonly tier?: string | undefined
  readonly planCode: string
  readonly imageCode?: string | undefined
  readonly locationCode?: string | undefined
  readonly quantity?: number | undefined
}

export type ApplicationProblem = 'application-not-offered' | 'tier-count' | 'too-many-pieces'

/**
 * Whether the lines of an order are what a template allows: each of a tier, in its size and image, all in one place, and of every tier as
 * many as it may have. `present` counts the servers of an application that gets more: then only the tiers that are ordered are judged.
 */
export function checkComposition(
  tiers: readonly AppTier[],
  lines: readonly OrderedTier[],
  present: ReadonlyMap<string, number> | null,
): Result<null, ApplicationProblem> {
  const places = new Set(lines.map(({ locationCode }) => locationCode))
  const areKnown = lines.every(({ tier: code, planCode, imageCode }) => {
    const tier = tiers.find((each) => each.code === code)
    return tier?.imageCode === imageCode && tier?.planCodes.includes(planCode) === true
  })
  if (lines.length === 0 || !areKnown || places.size > 1) return err('application-not-offered')
  const orderedOf = (code: string) => lines.reduce((sum, { tier, quantity = 1 }) => sum + (tier === code ? quantity : 0), 0)
  const judged = present === null ? tiers : tiers.filter(({ code }) => orderedOf(code) > 0)
  const fits = judged.every(({ code, least, most }) => {
    const count = (present?.get(code) ?? 0) + orderedOf(code)
    return count >= least && count <= most
  })
  if (!fits) return err('tier-count')
  return lines.reduce((sum, { quantity = 1 }) => sum + quantity, 0) > mostPieces ? err('too-many-pieces') : ok(null)
}
