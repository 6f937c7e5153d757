import { audit } from '#app/db/audit.server.ts'
import { saveStocks } from '#app/db/catalog/product-stocks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SetStockInput = {
  readonly productId: string
  /** How many one customer may have; null for as many as it likes. */
  readonly limitPerCustomer: number | null
  /** How many are left at each place; null for no end of it. An empty place is that of a product that stands nowhere. */
  readonly stocks: readonly { readonly location: string; readonly remaining: number | null }[]
}

/** Sets what is left of a product and what one customer may have of it. What was ordered already stays ordered. */
export async function setStock(ctx: TenantContext, input: SetStockInput): Promise<Result<void, 'product-not-found'>> {
  const { productId, limitPerCustomer, stocks } = input
  const changed = await ctx.db.product.updateMany({ where: { tenantId: ctx.tenantId, id: productId }, data: { limitPerCustomer } })
  if (changed.count === 0) return err('product-not-found')
  await saveStocks(ctx, productId, stocks)
  const detail = { limitPerCustomer, stocks: stocks.map(({ location, remaining }) => `${location}: ${remaining ?? '∞'}`) }
  await audit(ctx, { action: 'product.stock-set', subjectKind: 'product', subjectId: productId, detail })
  return ok(undefined)
}
