import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import { decimalText } from './decimal-text.ts'
import type { PriceModelDefinition } from './price-model.ts'
import type { PriceDescription } from './price-slice.ts'

/** Every unit at the same price. */
export type PerUnitParams = { readonly unitPrice: Decimal }

const none = new Decimal(0)

export const perUnit: PriceModelDefinition<'per-unit', PerUnitParams> = {
  kind: 'per-unit',
  params: z.strictObject({ unitPrice: decimalText }),
  cost: ({ unitPrice }, quantity) => (quantity.gt(0) ? quantity.times(unitPrice) : none),
  slices: ({ unitPrice }, from, to) => [{ tier: null, from, to, unitPrice }],
  segment: ({ unitPrice }) => ({ tier: null, after: null, upTo: null, slope: unitPrice, unitPrice }),
  describe({ unitPrice }, words): PriceDescription {
    if (unitPrice.isZero()) return { ...words, key: 'models.free', values: {} }
    return { ...words, key: 'models.per-unit', values: { price: { rate: unitPrice.toFixed() } } }
  },
  mapPrices: ({ unitPrice }, change) => ({ unitPrice: change(unitPrice, 'unit') }),
}
