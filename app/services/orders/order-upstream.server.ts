import type { TenantContext } from '#app/db/context.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { againOnDuplicate, insertOrder } from '#app/db/orders.server.ts'
import { isDelegationWithdrawn } from '#app/db/parent-offers.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { priceOrder } from './price-order.server.ts'

/** One order of a chain: the customer's own, or the one its seller placed with the level above to fulfil it. */
export type ChainedOrder = { readonly tenantId: string; readonly orderId: string }

export type OrderUpstreamError = 'product-not-delegated' | 'no-contract' | 'no-price'

type Hop = {
  readonly parentTenantId: string
  readonly parentAccountId: string
  readonly parentProductId: string | null
  readonly input: Record<string, string>
}

/**
 * Places the buy-side order of every level above, up to the provider, each priced by that level's own contract. Returns
 * the chain, the customer's order first. Safe to repeat: each level finds the order it placed before.
 */
export async function orderUpstream(first: ChainedOrder): Promise<Result<ChainedOrder[], OrderUpstreamError>> {
  const chain: ChainedOrder[] = [first]
  for (let current = first; ; ) {
    const hop = await inTenant(current.tenantId, (ctx) => readHop(ctx, current.orderId))
    if (!hop) return ok(chain)
    if (!hop.parentProductId) return err('product-not-delegated')

    const below = current
    const placed = await againOnDuplicate(() => inTenant(hop.parentTenantId, (ctx) => placeBuySide(ctx, hop, below)))
    if (!placed.ok) return placed
    await inTenant(below.tenantId, ({ db }) =>
      db.order.updateMany({ where: { tenantId: below.tenantId, id: below.orderId }, data: { parentOrderId: placed.value.orderId } }),
    )
    chain.push(placed.value)
    current = placed.value
  }
}

async function readHop(ctx: TenantContext, orderId: string): Promise<Hop | null> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentTenantId: true, parentAccountId: true } })
  if (!tenant.parentTenantId || !tenant.parentAccountId) return null
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: orderId } },
    select: { input: true, product: { select: { parentProductId: true } } },
  })
  return {
    parentTenantId: tenant.parentTenantId,
    parentAccountId: tenant.parentAccountId,
    parentProductId: order.product.parentProductId,
    input: order.input as Record<string, string>,
  }
}

async function placeBuySide(ctx: TenantContext, hop: Hop, below: ChainedOrder): Promise<Result<ChainedOrder, OrderUpstreamError>> {
  const contract = await ctx.db.contract.findUnique({
    where: { tenantId_accountId: { tenantId: ctx.tenantId, accountId: hop.parentAccountId } },
    select: { id: true, currency: true },
  })
  if (!contract || !hop.parentProductId) return err('no-contract')
  if (await isDelegationWithdrawn(ctx, hop.parentAccountId, hop.parentProductId)) return err('product-not-delegated')
  const price = await priceOrder(ctx, { accountId: hop.parentAccountId, productId: hop.parentProductId })
  if (!price.ok) return err('no-price')

  const order = await insertOrder(ctx, {
    accountId: hop.parentAccountId,
    contractId: contract.id,
    productId: hop.parentProductId,
    idempotencyKey: `below:${below.tenantId}:${below.orderId}`,
    input: hop.input,
    currency: contract.currency,
    netMinor: price.value.discounted.orderNet.minor,
    taxMinor: price.value.discounted.orderTax.minor,
    childTenantId: below.tenantId,
    childOrderId: below.orderId,
  })
  return ok({ tenantId: ctx.tenantId, orderId: order.id })
}
