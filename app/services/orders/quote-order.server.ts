import { isOfferedTo } from '#app/db/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findOrderable, productIdsOf } from '#app/db/offered-products.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type TriedCodes, tryCodes } from '../promotions/try-codes.server.ts'
import type { PriceOrderError } from './price-order.server.ts'

export type QuoteOrderInput = {
  readonly accountId: string
  /** Of a plan or a bundle. */
  readonly planCode: string
  /** Codes of the products taken beside it; those that are not offered with it are left out. */
  readonly optionCodes?: readonly string[]
  /** As typed; without any nothing is tried and nothing is counted. */
  readonly promoCodes?: readonly string[]
  /** A digest of the network address the codes were typed at. */
  readonly addressHash?: string
}

/**
 * What a plan with options and codes costs an account, as its order would be priced now. A refused code stands as the
 * problem beside the price without it, and counts as a failed try. Reads the seller's office scope, as `priceOrder` does.
 */
export async function quoteOrder(
  ctx: TenantContext,
  { accountId, planCode, optionCodes = [], promoCodes = [], addressHash = 'none' }: QuoteOrderInput,
): Promise<Result<TriedCodes, PriceOrderError | 'plan-not-found'>> {
  const product = await findOrderable(ctx, planCode)
  if (!product) return err('plan-not-found')
  if (!(await isOfferedTo(ctx, { accountId, product }))) return err('plan-not-found')
  const ids = await productIdsOf(ctx, optionCodes)
  return tryCodes(ctx, { accountId, productId: product.id, options: [...ids.values()], dropsOthers: true, codes: promoCodes, addressHash })
}
