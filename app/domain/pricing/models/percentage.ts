import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import { decimalText, optionalText } from './decimal-text.ts'
import type { PriceModelDefinition } from './price-model.ts'
import type { DescribedIn, DescribedValue, PriceDescription } from './price-slice.ts'

/** `rate` percent of what exceeds the `free` amount, and a `fixed` fee once it is exceeded. The quantity is an amount of money. */
export type PercentageParams = { readonly rate: Decimal; readonly fixed: Decimal; readonly free: Decimal }

const none = new Decimal(0)
const hundredth = new Decimal('0.01')

export const percentage: PriceModelDefinition<'percentage', PercentageParams> = {
  kind: 'percentage',
  params: z.strictObject({ rate: decimalText, fixed: optionalText, free: optionalText }),
  cost({ rate, fixed, free }, quantity) {
    return quantity.gt(free) ? quantity.minus(free).times(rate).times(hundredth).plus(fixed) : none
  },
  slices: ({ rate }, from, to) => [{ tier: null, from, to, unitPrice: rate.times(hundredth) }],
  segment({ rate, free }, quantity) {
    const unitPrice = rate.times(hundredth)
    if (quantity.lte(free)) return { tier: null, after: null, upTo: free, slope: none, unitPrice }
    return { tier: null, after: free, upTo: null, slope: unitPrice, unitPrice }
  },
  describe: (params, words) => sentence(params, words),
  mapPrices: ({ rate, fixed, free }, change) => ({ rate: change(rate, 'percent'), fixed: change(fixed, 'flat'), free }),
}

function sentence({ rate, fixed, free }: PercentageParams, words: DescribedIn): PriceDescription {
  const percent: Record<string, DescribedValue> = { rate: { percent: rate.toFixed() } }
  const withFree = { ...percent, free: { price: free.toFixed() } }
  const fee = { fixed: { price: fixed.toFixed() } }
  if (free.isZero() && fixed.isZero()) return { ...words, key: 'models.percentage', values: percent }
  if (free.isZero()) return { ...words, key: 'models.percentage-fixed', values: { ...percent, ...fee } }
  if (fixed.isZero()) return { ...words, key: 'models.percentage-free', values: withFree }
  return { ...words, key: 'models.percentage-fixed-free', values: { ...withFree, ...fee } }
}
