import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import type { PriceModelDefinition } from './price-model.ts'
import { priceSteps } from './tier-steps.ts'
import { type PriceTier, priceTiers, tierAt, tierOf } from './tiers.ts'

/** All units at the price, and with the flat price, of the tier that the period's quantity reaches (B15). */
export type VolumeParams = { readonly tiers: readonly PriceTier[] }

const none = new Decimal(0)

export const volume: PriceModelDefinition<'volume', VolumeParams> = {
  kind: 'volume',
  params: z.strictObject({ tiers: priceTiers }),
  cost({ tiers }, quantity) {
    const reached = quantity.gt(0) ? quantity : none
    const { unitPrice, flat } = tierOf(tiers, tierAt(tiers, reached))
    return reached.times(unitPrice).plus(flat)
  },
  slices: ({ tiers }, from, to) => [{ tier: null, from, to, unitPrice: tierOf(tiers, tierAt(tiers, to)).unitPrice }],
  segment({ tiers }, quantity) {
    const tier = tierAt(tiers, quantity)
    const { upTo, unitPrice } = tierOf(tiers, tier)
    return { tier: null, after: tiers[tier - 1]?.upTo ?? null, upTo, slope: unitPrice, unitPrice }
  },
  describe: ({ tiers }, words) => ({ ...words, key: 'models.volume', values: {}, steps: priceSteps(tiers, words) }),
  mapPrices: ({ tiers }, change) => ({
    tiers: tiers.map(({ upTo, unitPrice, flat }) => ({ upTo, unitPrice: change(unitPrice, 'unit'), flat: change(flat, 'flat') })),
  }),
}
