import { z } from 'zod'
import { mostPieces } from '../catalog/order-pieces.ts'

const code = z
  .string('required')
  .trim()
  .min(1, 'required')
  .max(24, 'too-long')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'code')
const listed = z.array(z.string().max(60)).max(50)
const count = z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(mostPieces, 'invalid')

/** One tier of an application: servers of one kind. Its code ends their names, and never changes. */
export const AppTier = z.object({
  code,
  name: z.record(z.string(), z.string().max(60)),
  /** The sizes a buyer chooses among, the first one unless another is chosen. */
  planCodes: listed.min(1, 'required'),
  imageCode: z.string('required').min(1, 'required').max(60),
  /** How few and how many servers it may have. */
  least: count,
  most: count,
  /** Of TCP, at which its app answers; null for a tier that nobody calls. */
  port: z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(65_535, 'invalid').nullable().default(null),
  /** Whether anybody may call it, or only the tiers that talk to it. */
  isPublic: z.boolean().default(false),
  /** Codes of the tiers it calls. */
  talksTo: listed.default([]),
})
export type AppTier = z.infer<typeof AppTier>

export const templateStates = ['published', 'hidden', 'retired'] as const
export type TemplateState = (typeof templateStates)[number]

/** The most tiers an application has. */
export const mostTiers = 10

/** Tiers as they were kept. @throws on anything else: they were checked when they were saved. */
export function tiersOf(kept: unknown): AppTier[] {
  return z.array(AppTier).max(mostTiers).parse(kept)
}

export type TierProblem = 'tier-missing' | 'too-many-tiers' | 'least-over-most' | 'too-many-pieces' | 'talks-to-nobody' | 'talks-to-deaf'

/**
 * What stands against tiers as a whole, with the tier it is about; null when nothing does. What is ordered at the least must fit in one
 * order, and a tier can only be called at a port.
 */
export function tiersProblem(tiers: readonly AppTier[]): { readonly tier: string; readonly problem: TierProblem } | null {
  const [first] = tiers
  if (!first) return { tier: '', problem: 'tier-missing' }
  if (tiers.length > mostTiers) return { tier: '', problem: 'too-many-tiers' }
  for (const tier of tiers) {
    const problem = tierProblem(tier, tiers)
    if (problem) return { tier: tier.code, problem }
  }
  const least = tiers.reduce((sum, tier) => sum + tier.least, 0)
  return least > mostPieces ? { tier: first.code, problem: 'too-many-pieces' } : null
}

function tierProblem({ code: own, least, most, talksTo }: AppTier, tiers: readonly AppTier[]): TierProblem | null {
  if (least > most) return 'least-over-most'
  const called = talksTo.map((to) => tiers.find((tier) => tier.code === to && to !== own))
  if (called.some((tier) => tier === undefined)) return 'talks-to-nobody'
  return called.some((tier) => tier?.port === null) ? 'talks-to-deaf' : null
}

/** The tiers with one of them added, or in the place of the one of its code. */
export function withTier(tiers: readonly AppTier[], tier: AppTier): AppTier[] {
  return tiers.some((each) => each.code === tier.code) ? tiers.map((each) => (each.code === tier.code ? tier : each)) : [...tiers, tier]
}

/** The tiers without one of them, which nobody calls any more. */
export function withoutTier(tiers: readonly AppTier[], gone: string): AppTier[] {
  return tiers.filter((tier) => tier.code !== gone).map((tier) => ({ ...tier, talksTo: tier.talksTo.filter((to) => to !== gone) }))
}
