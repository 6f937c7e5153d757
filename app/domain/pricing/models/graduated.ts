import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import type { PriceModelDefinition } from './price-model.ts'
import type { PriceSlice } from './price-slice.ts'
import { priceSteps } from './tier-steps.ts'
import { type PriceTier, priceTiers, tierAt, tierOf } from './tiers.ts'

/** Each tier's units at that tier's price; the flat price of the first tier is due at zero use too (B14). */
export type GraduatedParams = { readonly tiers: readonly PriceTier[] }

const none = new Decimal(0)

export const graduated: PriceModelDefinition<'graduated', GraduatedParams> = {
  kind: 'graduated',
  params: z.strictObject({ tiers: priceTiers }),
  cost({ tiers }, quantity) {
    const reached = quantity.gt(0) ? quantity : none
    const last = tierAt(tiers, reached)
    const before = costBefore(tiers)[last] ?? none
    const { unitPrice, flat } = tierOf(tiers, last)
    return before.plus(flat).plus(reached.minus(startOf(tiers, last)).times(unitPrice))
  },
  slices({ tiers }, before, after) {
    return before.gt(after) ? cut(tiers, after, before).reverse().map(turn) : cut(tiers, before, after)
  },
  segment({ tiers }, quantity) {
    const tier = tierAt(tiers, quantity)
    const { upTo, unitPrice } = tierOf(tiers, tier)
    return { tier, after: tiers[tier - 1]?.upTo ?? null, upTo, slope: unitPrice, unitPrice }
  },
  describe: ({ tiers }, words) => ({ ...words, key: 'models.graduated', values: {}, steps: priceSteps(tiers, words) }),
  mapPrices: ({ tiers }, change) => ({
    tiers: tiers.map(({ upTo, unitPrice, flat }) => ({ upTo, unitPrice: change(unitPrice, 'unit'), flat: change(flat, 'flat') })),
  }),
}

/** The slices of the way up from `from` to `to`; one alone when it stays inside a tier. */
function cut(tiers: readonly PriceTier[], from: Decimal, to: Decimal): PriceSlice[] {
  const last = tierAt(tiers, to)
  const slices: PriceSlice[] = []
  let at = from
  for (let tier = from.lt(to) ? tierAbove(tiers, from) : last; tier <= last; tier++) {
    const { upTo, unitPrice } = tierOf(tiers, tier)
    const end = upTo && tier < last ? upTo : to
    slices.push({ tier, from: at, to: end, unitPrice })
    at = end
  }
  return slices
}

/** The tier that the next unit after `quantity` falls into. */
function tierAbove(tiers: readonly PriceTier[], quantity: Decimal): number {
  const index = tierAt(tiers, quantity)
  return tiers[index]?.upTo?.eq(quantity) ? index + 1 : index
}

function turn(slice: PriceSlice): PriceSlice {
  return { ...slice, from: slice.to, to: slice.from }
}

function startOf(tiers: readonly PriceTier[], index: number): Decimal {
  return tiers[index - 1]?.upTo ?? none
}

const sums = new WeakMap<readonly PriceTier[], readonly Decimal[]>()

/** What all tiers before each one cost when they are full. Worked out once for each price. */
function costBefore(tiers: readonly PriceTier[]): readonly Decimal[] {
  const known = sums.get(tiers)
  if (known) return known
  const made: Decimal[] = []
  let sum = none
  for (const [index, { upTo, unitPrice, flat }] of tiers.entries()) {
    made.push(sum)
    if (upTo) sum = sum.plus(flat).plus(upTo.minus(startOf(tiers, index)).times(unitPrice))
  }
  sums.set(tiers, made)
  return made
}
