import { isOfferedTo } from '#app/db/catalog/buyer-catalog.server.ts'
import { findOrderable, productIdsOf } from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { areUnitsOffered } from '#app/domain/catalog/service-sale.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type TriedCodes, type TriedLine, tryCodes } from '../promotions/try-codes.server.ts'
import type { OrderLine } from './order-choice.ts'
import type { PriceOrderError } from './price-order.server.ts'

/** What is quoted: of a plan or a bundle so many, one unless said; options that are not offered with it are left out. */
export type QuotedThing = Pick<OrderLine, 'planCode' | 'optionCodes' | 'quantity' | 'units'>

export type QuoteOrderInput = QuotedThing & {
  /** What else is in the same order. */
  readonly further?: readonly QuotedThing[]
  readonly accountId: string
  /** As typed; without any nothing is tried and nothing is counted. */
  readonly promoCodes?: readonly string[]
  /** A digest of the network address the codes were typed at. */
  readonly addressHash?: string
  /** Whether an option that is not offered with its plan is refused, as the order does, in place of being left out. */
  readonly refusesOthers?: boolean
}

/**
 * What things with options and codes cost an account, as their order would be priced now. A refused code stands as the
 * problem beside the price without it, and counts as a failed try. Reads the seller's office scope, as `priceOrder` does.
 */
export async function quoteOrder(
  ctx: TenantContext,
  { accountId, further = [], promoCodes = [], addressHash = 'none', refusesOthers = false, ...first }: QuoteOrderInput,
): Promise<Result<TriedCodes, PriceOrderError | 'plan-not-found'>> {
  const lines: TriedLine[] = []
  for (const { planCode, optionCodes = [], quantity, units } of [first, ...further]) {
    const product = await findOrderable(ctx, planCode)
    if (!product || !areUnitsOffered(product.sale, units)) return err('plan-not-found')
    if (!(await isOfferedTo(ctx, { accountId, product }))) return err('plan-not-found')
    const ids = await productIdsOf(ctx, optionCodes)
    if (refusesOthers && !optionCodes.every((code) => ids.has(code))) return err('option-not-offered')
    lines.push({ productId: product.id, options: [...ids.values()], dropsOthers: !refusesOthers, quantity, units })
  }
  return tryCodes(ctx, { accountId, lines, codes: promoCodes, addressHash })
}
