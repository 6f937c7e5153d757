import { z } from 'zod'
import type { Decimal } from '../../money/decimal.ts'
import { invariant } from '../../shared/invariant.ts'
import { decimalText, optionalText } from './decimal-text.ts'

/** Where a tier ends: its last quantity belongs to it; null for the last tier, which has no end. */
export type Bounded = { readonly upTo: Decimal | null }

/** One step of a graduated or volume price. `flat` is due as a whole as soon as the tier's first unit is reached. */
export type PriceTier = Bounded & { readonly unitPrice: Decimal; readonly flat: Decimal }

const upTo = decimalText.nullable()

/** Tiers with a price per unit, ascending, the last one open. */
export const priceTiers = tiersOf(z.strictObject({ upTo, unitPrice: decimalText, flat: optionalText }))

/** Tiers with one price for the whole bracket, ascending, the last one open. */
export const bracketTiers = tiersOf(z.strictObject({ upTo, flat: decimalText }))

/** Index of the tier that `quantity` lies in; its upper bound belongs to it. */
export function tierAt(tiers: readonly Bounded[], quantity: Decimal): number {
  for (let index = 0; index < tiers.length; index++) {
    const end = tiers[index]?.upTo
    if (!end || quantity.lte(end)) return index
  }
  return tiers.length - 1
}

/** The tier at `index`. @throws InvariantError when there is none. */
export function tierOf<T extends Bounded>(tiers: readonly T[], index: number): T {
  const tier = tiers[index]
  invariant(tier, `tierOf: there is no tier ${index}`)
  return tier
}

function tiersOf<T extends Bounded>(tier: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.array(tier).min(1, 'no-tiers').max(100, 'too-many-tiers').superRefine(checkOrder)
}

function checkOrder(tiers: readonly Bounded[], context: z.RefinementCtx): void {
  const refuse = (index: number, message: string) => context.addIssue({ code: 'custom', path: [index, 'upTo'], message })
  for (const [index, { upTo: end }] of tiers.entries()) {
    const isLast = index === tiers.length - 1
    if (isLast && end !== null) refuse(index, 'last-tier-has-an-end')
    if (!isLast && end === null) refuse(index, 'open-tier-before-the-last')
    const before = tiers[index - 1]?.upTo
    if (end && before && end.lte(before)) refuse(index, 'tiers-not-ascending')
  }
}
