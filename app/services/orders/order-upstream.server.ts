import { audit } from '#app/db/audit.server.ts'
import { isDelegationWithdrawn } from '#app/db/catalog/parent-offers.server.ts'
import { takeStock } from '#app/db/catalog/product-stocks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { againOnDuplicate, insertOrder, orderOfKey } from '#app/db/orders/orders.server.ts'
import { type Err, err, ok, type Result } from '#app/domain/shared/result.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { checkPool, type PoolShortage } from '../settlement/check-pool.server.ts'
import { orderItems } from './order-price.ts'
import { priceOrder } from './price-order.server.ts'

/** One order of a chain: the customer's own, or the one its seller placed with the level above to fulfil it. */
export type ChainedOrder = { readonly tenantId: string; readonly orderId: string }

export type OrderUpstreamError = 'product-not-delegated' | 'no-contract' | 'no-price' | 'pool-full' | 'sold-out'

/** What an order is to become, as it keeps it. */
type OrderInput = {
  readonly name?: string
  readonly zone?: string
  readonly image?: string
  readonly imageId?: string
  readonly sshKey?: string
  readonly projectId?: string
  readonly networkId?: string
  readonly note?: string
  readonly items?: readonly { readonly productId: string; readonly role: string; readonly quantity: string }[]
  /** A buy-side order whose service months begin on the day it begins, as those of the order it feeds. */
  readonly anchor?: 'anniversary'
}

type Hop = {
  readonly parentTenantId: string
  readonly parentAccountId: string
  readonly parentProductId: string | null
  /** What of the parent's is taken beside the product; what is the tenant's own is none of the parent's. */
  readonly parentOptions: readonly string[]
  /** How many of a service; one of anything else. */
  readonly units: number
  readonly input: OrderInput
  readonly anchor: 'anniversary' | null
}

/**
 * Places the buy-side order of every level above, up to the provider, each priced by that level's own contract and over the same
 * service period. Returns the chain, the customer's order first. Safe to repeat: each level finds the order it placed before.
 */
export async function orderUpstream(first: ChainedOrder): Promise<Result<ChainedOrder[], OrderUpstreamError>> {
  const chain: ChainedOrder[] = [first]
  for (let current = first; ; ) {
    const hop = await inTenant(current.tenantId, (ctx) => readHop(ctx, current.orderId))
    if (!hop) return ok(chain)
    if (!hop.parentProductId) return err('product-not-delegated')

    const below = current
    const placed = await againOnDuplicate(() => inTenant(hop.parentTenantId, (ctx) => placeBuySide(ctx, hop, below)))
    if (!placed.ok) return noted(below, placed)
    await inTenant(below.tenantId, ({ db }) =>
      db.order.updateMany({ where: { tenantId: below.tenantId, id: below.orderId }, data: { parentOrderId: placed.value.orderId } }),
    )
    chain.push(placed.value)
    current = placed.value
  }
}

type PoolFull = Err<'pool-full'> & PoolShortage

/** The staff of the buyer read which pool is full, and how much is missing; whoever ordered does not. */
async function noted({ tenantId, orderId }: ChainedOrder, refused: Err<OrderUpstreamError> | PoolFull): Promise<Err<OrderUpstreamError>> {
  if (!('missing' in refused)) return refused
  const detail = { reason: refused.error, meter: refused.meter, missing: refused.missing.toFixed() }
  await inTenant(tenantId, (ctx) => audit(ctx, { action: 'order.refused', subjectKind: 'order', subjectId: orderId, detail }))
  return err(refused.error)
}

/** What the order takes from the level above; null at the top, and for services that are the tenant's own. */
async function readHop(ctx: TenantContext, orderId: string): Promise<Hop | null> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({
    where: { tenantId },
    select: { parentTenantId: true, parentAccountId: true, timeZone: true },
  })
  if (!tenant.parentTenantId || !tenant.parentAccountId) return null
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: orderId } },
    select: {
      input: true,
      placedAt: true,
      product: { select: { kind: true, parentProductId: true } },
      contract: { select: { billingAnchor: true, billingDay: true } },
    },
  })
  // The project, the network, the private image and the note of a buyer are none of the parent's.
  const { items = [], projectId: _project, networkId: _network, note: _note, imageId, image, ...wanted } = order.input as OrderInput
  const input = image && !imageId ? { ...wanted, image } : wanted
  const parts = items.flatMap(({ role, productId }) => (role === 'main' ? [] : productId))
  const products = await ctx.db.product.findMany({
    where: { tenantId, id: { in: parts } },
    select: { kind: true, parentProductId: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
  const bought = boughtAbove(order.product, products)
  if (!bought) return null
  return {
    ...bought,
    units: Number(items.find(({ role }) => role === 'main')?.quantity ?? 1),
    parentTenantId: tenant.parentTenantId,
    parentAccountId: tenant.parentAccountId,
    input,
    anchor: input.anchor ?? anchorOf(order.contract, localDateOf(order.placedAt, tenant.timeZone)),
  }
}

type Sold = { readonly kind: string; readonly parentProductId: string | null }

/**
 * What of an order the level above fulfils: its product; for a bundle that the tenant composed itself the plan in it, or the first
 * part that is the parent's. Null for services that need nothing from above. A plan without a parent's product has none to take.
 */
function boughtAbove(product: Sold, parts: readonly Sold[]): Pick<Hop, 'parentProductId' | 'parentOptions'> | null {
  const parentsOf = (sold: readonly Sold[]) => sold.flatMap(({ parentProductId }) => parentProductId ?? [])
  if (product.parentProductId || product.kind === 'plan')
    return { parentProductId: product.parentProductId, parentOptions: parentsOf(parts) }
  const plans = parts.filter(({ kind }) => kind === 'plan')
  const [parentProductId = null, ...parentOptions] = parentsOf([...plans, ...parts.filter(({ kind }) => kind !== 'plan')])
  return parentProductId || plans.length > 0 ? { parentProductId, parentOptions } : null
}

/** Whether the service months of an order begin on the day it begins: only then has the level above the same ones. */
function anchorOf({ billingAnchor, billingDay }: { billingAnchor: string; billingDay: number }, today: string): 'anniversary' | null {
  return billingAnchor === 'anniversary' && Number(today.slice(-2)) === billingDay ? billingAnchor : null
}

async function placeBuySide(
  ctx: TenantContext,
  hop: Hop,
  below: ChainedOrder,
): Promise<Result<ChainedOrder, OrderUpstreamError> | PoolFull> {
  const { parentAccountId: accountId, parentProductId: productId, parentOptions: options, units, anchor } = hop
  const contract = await ctx.db.contract.findUnique({
    where: { tenantId_accountId: { tenantId: ctx.tenantId, accountId } },
    select: { id: true, currency: true },
  })
  if (!contract || !productId) return err('no-contract')
  for (const id of [productId, ...options]) if (await isDelegationWithdrawn(ctx, accountId, id)) return err('product-not-delegated')
  const price = await priceOrder(ctx, { accountId, productId, units, options, anchor, isBuySide: true })
  if (!price.ok) return err(price.error === 'option-not-offered' ? 'product-not-delegated' : 'no-price')

  const idempotencyKey = `below:${below.tenantId}:${below.orderId}`
  const known = await orderOfKey(ctx, idempotencyKey)
  const shortage = known ? null : await checkPool(ctx, { contractId: contract.id, productId })
  if (shortage) return { ...err('pool-full'), ...shortage }

  const stock = known ? ok(null) : await takeStock(ctx, { productId, location: hop.input.zone ?? '' })
  if (!stock.ok) return stock

  const order = await insertOrder(ctx, {
    accountId,
    contractId: contract.id,
    productId,
    idempotencyKey,
    input: { ...hop.input, items: orderItems(price.value), ...(anchor ? { anchor } : {}) },
    currency: contract.currency,
    netMinor: price.value.discounted.orderNet.minor,
    taxMinor: price.value.discounted.orderTax.minor,
    childTenantId: below.tenantId,
    childOrderId: below.orderId,
    stockId: stock.value,
  })
  return ok({ tenantId: ctx.tenantId, orderId: order.id })
}
