import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import { decimalText, optionalText, positiveText } from './decimal-text.ts'
import type { PriceModelDefinition } from './price-model.ts'

/** Every package of `size` units that is begun, after the `free` units, costs `price` as a whole. */
export type PackageParams = { readonly size: Decimal; readonly price: Decimal; readonly free: Decimal }

const none = new Decimal(0)

export const packaged: PriceModelDefinition<'package', PackageParams> = {
  kind: 'package',
  params: z.strictObject({ size: positiveText, price: decimalText, free: optionalText }),
  cost: (params, quantity) => packagesBegun(params, quantity).times(params.price),
  slices: ({ price }, from, to) => [{ tier: null, from, to, unitPrice: price }],
  segment(params, quantity) {
    const { size, price, free } = params
    const begun = packagesBegun(params, quantity)
    const upTo = free.plus(begun.times(size))
    return { tier: null, after: begun.isZero() ? null : upTo.minus(size), upTo, slope: none, unitPrice: price }
  },
  describe({ size, price, free }, words) {
    const values = { price: { price: price.toFixed() }, size: { quantity: size.toFixed() } }
    if (free.isZero()) return { ...words, key: 'models.package', values }
    return { ...words, key: 'models.package-free', values: { ...values, free: { quantity: free.toFixed() } } }
  },
  mapPrices: ({ size, price, free }, change) => ({ size, price: change(price, 'flat'), free }),
}

/** How many packages `quantity` begins: whole ones, exact for any size. */
export function packagesBegun({ size, free }: PackageParams, quantity: Decimal): Decimal {
  if (quantity.lte(free)) return none
  const above = quantity.minus(free)
  const full = above.divToInt(size)
  return full.times(size).eq(above) ? full : full.plus(1)
}
