import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** How many more can be sold at a place; `location` is empty for a product that stands nowhere. */
export type Stock = { readonly productId: string; readonly location: string; readonly remaining: number }

/** The stocks of a tenant, of one product when it is named. What has none can be sold without end. */
export function readStocks(ctx: TenantContext, productId?: string): Promise<Stock[]> {
  return ctx.db.productStock.findMany({
    where: { tenantId: ctx.tenantId, ...(productId ? { productId } : {}) },
    select: { productId: true, location: true, remaining: true },
    orderBy: [{ productId: 'asc' }, { location: 'asc' }],
    take: 2_000,
  })
}

/** Sets what is left of a product, place by place; a place without a number has no end of it from now on. */
export async function saveStocks(
  ctx: TenantContext,
  productId: string,
  stocks: readonly { readonly location: string; readonly remaining: number | null }[],
): Promise<void> {
  const { tenantId, db, now } = ctx
  for (const { location, remaining } of stocks) {
    if (remaining === null) await db.productStock.deleteMany({ where: { tenantId, productId, location } })
    else
      await db.productStock.upsert({
        where: { tenantId_productId_location: { tenantId, productId, location } },
        create: { tenantId, id: newId(), productId, location, remaining, createdAt: now },
        update: { remaining },
        select: { id: true },
      })
  }
}

/**
 * Takes one of a product at a place out of stock, or refuses when none is left: one conditional update, so that of several who want the last
 * one a single one gets it. Returns the stock it was taken from; null where there is no end of it.
 */
export async function takeStock(
  ctx: TenantContext,
  { productId, location }: Pick<Stock, 'productId' | 'location'>,
): Promise<Result<string | null, 'sold-out'>> {
  const [taken] = await ctx.db.$queryRaw<{ id: string }[]>`
    update product_stocks set remaining = remaining - 1
    where tenant_id = ${ctx.tenantId}::uuid and product_id = ${productId}::uuid and location = ${location} and remaining > 0
    returning id`
  if (taken) return ok(taken.id)
  const where = { tenantId: ctx.tenantId, productId, location }
  return (await ctx.db.productStock.count({ where })) > 0 ? err('sold-out') : ok(null)
}

/** Gives back what an order took that ends unfulfilled. Call it before the order ends: one that has ended gives nothing back. */
export async function giveStockBack({ db, tenantId }: TenantContext, orderId: string): Promise<void> {
  await db.$executeRaw`
    update product_stocks p set remaining = p.remaining + 1
    from orders o
    where o.tenant_id = ${tenantId}::uuid and o.id = ${orderId}::uuid and o.state in ('placed', 'provisioning')
      and p.tenant_id = o.tenant_id and p.id = o.stock_id`
}

/** Whether an account has as many of a product as one customer may; orders under way count, ended services do not. */
export async function isLimitReached(
  { db, tenantId }: TenantContext,
  { productId, accountId }: { readonly productId: string; readonly accountId: string },
): Promise<boolean> {
  const product = await db.product.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: productId } },
    select: { limitPerCustomer: true },
  })
  if (product.limitPerCustomer === null) return false
  // Two orders of one customer at once are judged one after the other.
  await db.$queryRaw`select id from accounts where tenant_id = ${tenantId}::uuid and id = ${accountId}::uuid for update`
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from orders o
    left join subscriptions s on s.tenant_id = o.tenant_id and s.id = o.subscription_id
    where o.tenant_id = ${tenantId}::uuid and o.account_id = ${accountId}::uuid and o.product_id = ${productId}::uuid
      and (o.state in ('placed', 'provisioning') or (o.state = 'active' and s.state <> 'ended'))`
  return (row?.count ?? 0) >= product.limitPerCustomer
}
