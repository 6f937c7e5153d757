import type { ProductQuote } from '#app/domain/catalog/quote-product.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { customerOf } from './as-customer.server.ts'
import { viewerOf } from './session.server.ts'

/** What a plan costs the reader's own account; undefined for a visitor, and where the account has no price for it. */
export async function quoteForReader(request: Request, planCode: string): Promise<ProductQuote | undefined> {
  const viewer = await viewerOf(request)
  if (!viewer?.hasPanel) return undefined
  const { tenantId, accountId } = await customerOf(request)
  const quote = await inTenant(tenantId, (ctx) => quoteOrder(ctx, { accountId, planCode }))
  return quote.ok ? quote.value : undefined
}
