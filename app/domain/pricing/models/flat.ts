import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import { decimalText } from './decimal-text.ts'
import type { PriceModelDefinition } from './price-model.ts'

/** One amount per period, whatever is used. */
export type FlatParams = { readonly amount: Decimal }

const none = new Decimal(0)

export const flat: PriceModelDefinition<'flat', FlatParams> = {
  kind: 'flat',
  params: z.strictObject({ amount: decimalText }),
  cost: ({ amount }) => amount,
  slices: ({ amount }, from, to) => [{ tier: null, from, to, unitPrice: amount }],
  segment: ({ amount }) => ({ tier: null, after: null, upTo: null, slope: none, unitPrice: amount }),
  describe: ({ amount }, words) => ({ ...words, key: 'models.flat', values: { amount: { price: amount.toFixed() } } }),
  mapPrices: ({ amount }, change) => ({ amount: change(amount, 'flat') }),
}
