import { isOfferedTo } from '#app/db/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { ProductQuote } from '#app/domain/catalog/quote-product.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type PriceOrderError, priceOrder } from './price-order.server.ts'

export type QuoteOrderInput = { readonly accountId: string; readonly planCode: string }

/** What a plan costs an account, as its order would be priced now. Reads the seller's office scope, as `priceOrder` does. */
export async function quoteOrder(
  ctx: TenantContext,
  input: QuoteOrderInput,
): Promise<Result<ProductQuote, PriceOrderError | 'plan-not-found'>> {
  const product = await ctx.db.product.findUnique({
    where: { tenantId_code: { tenantId: ctx.tenantId, code: input.planCode } },
    select: { id: true, code: true, position: true, status: true, kind: true },
  })
  if (product?.status !== 'published' || product.kind !== 'plan') return err('plan-not-found')
  if (!(await isOfferedTo(ctx, { accountId: input.accountId, product }))) return err('plan-not-found')
  return priceOrder(ctx, { accountId: input.accountId, productId: product.id })
}
