import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import type { PriceModelDefinition } from './price-model.ts'
import { bracketSteps } from './tier-steps.ts'
import { type Bounded, bracketTiers, tierAt, tierOf } from './tiers.ts'

/** One price for the bracket that the period's quantity lies in; the first bracket begins at zero, which it includes. */
export type StairstepParams = { readonly tiers: readonly (Bounded & { readonly flat: Decimal })[] }

const none = new Decimal(0)

export const stairstep: PriceModelDefinition<'stairstep', StairstepParams> = {
  kind: 'stairstep',
  params: z.strictObject({ tiers: bracketTiers }),
  cost: ({ tiers }, quantity) => tierOf(tiers, tierAt(tiers, quantity.gt(0) ? quantity : none)).flat,
  slices: ({ tiers }, from, to) => [{ tier: null, from, to, unitPrice: tierOf(tiers, tierAt(tiers, to)).flat }],
  segment({ tiers }, quantity) {
    const tier = tierAt(tiers, quantity)
    const { upTo, flat } = tierOf(tiers, tier)
    return { tier: null, after: tiers[tier - 1]?.upTo ?? null, upTo, slope: none, unitPrice: flat }
  },
  describe: ({ tiers }, words) => ({ ...words, key: 'models.stairstep', values: {}, steps: bracketSteps(tiers, words) }),
  mapPrices: ({ tiers }, change) => ({ tiers: tiers.map(({ upTo, flat }) => ({ upTo, flat: change(flat, 'flat') })) }),
}
