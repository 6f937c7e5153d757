import { giveStockBack } from '#app/db/catalog/product-stocks.server.ts'
import { noteResourceEvent } from '#app/db/cloud/resources.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { giveRoomBack } from '#app/db/credit/credit-reservations.server.ts'
import { markStep, type OrderStepName, type StepState } from '#app/db/orders/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { activateOrder, attachOrder, failOrder } from '#app/db/subscriptions/subscriptions.server.ts'
import { type OrderedItem, serverPartOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudServer } from '#app/ports/cloud-driver.ts'
import { tellApplicationChanged } from '../apps/connect-tiers.server.ts'
import { invoiceOrder } from '../billing/invoice-order.server.ts'
import { type CloudPorts, drivableConnection } from '../clouds/cloud-ports.ts'
import { mapBuyer } from '../clouds/map-buyer.server.ts'
import { applyRedemptions, releaseRedemptions } from '../promotions/redeem.server.ts'
import { openTicketForFailedOrder } from '../tickets/open-for-failed-order.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'
import { orderedImage } from './own-things.server.ts'
import { returnOrderPayment } from './return-payment.server.ts'

/** A server as steps of a job remember it: plain JSON. */
export type BuiltServer = {
  readonly cloudRef: string
  readonly ref: string
  readonly state: CloudServer['state']
  readonly address: string | null
}

/** Moves one visible step on every level of the chain. */
export async function showStep(chain: readonly ChainedOrder[], step: OrderStepName, state: StepState): Promise<void> {
  for (const { tenantId, orderId } of chain) await inTenant(tenantId, (ctx) => markStep(ctx, orderId, step, state))
}

/**
 * Asks the cloud of the chain's top for the server, by the size of the provider's own product; null when the customer's order holds
 * no plan. The customer's order is the key: a repeat finds the first server. Throws when the cloud does not answer: the job retries.
 */
export async function createServer(ports: CloudPorts, chain: readonly ChainedOrder[]): Promise<BuiltServer | null> {
  const [bottom, top] = [chain[0], chain.at(-1)]
  invariant(bottom && top, 'createServer: the chain is empty')
  if (!(await inTenant(bottom.tenantId, (ctx) => readServerPart(ctx, bottom.orderId)))) return null
  const { part, connection } = await inTenant(top.tenantId, async (ctx) => ({
    part: await readServerPart(ctx, top.orderId),
    connection: await drivableConnection(ctx),
  }))
  invariant(part, 'createServer: the order at the top holds no plan')
  const account = await inTenant(bottom.tenantId, (ctx) =>
    ctx.db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId: ctx.tenantId, id: bottom.orderId } }, select: { accountId: true } }),
  )
  const { spec, input } = part
  const own = await inTenant(bottom.tenantId, (ctx) => orderedImage(ctx, bottom.orderId))
  await mapBuyer({ tenantId: bottom.tenantId, accountId: account.accountId, cloudRef: connection.id })
  const server = await ports.driverFor(connection).createServer({
    idempotencyKey: bottom.orderId,
    name: input.name,
    cpuNumber: spec.cpuNumber,
    memoryMib: spec.memoryMib,
    diskGib: spec.diskGib,
    image: own?.ref ?? input.image ?? '',
    zone: input.zone,
    ...(input.sshKey ? { sshKey: input.sshKey } : {}),
    ownerAccountId: account.accountId,
    ...(part.apps.length > 0 ? { apps: part.apps } : {}),
  })
  return toBuilt(connection.id, server)
}

type ServerInput = { readonly name: string; readonly zone: string; readonly image?: string; readonly sshKey?: string }

type ServerPart = { readonly spec: ProductSpec; readonly input: ServerInput; readonly apps: readonly string[] }

/** The size and the wishes of the server that an order builds, and the apps that come with it; null when it holds no plan. */
async function readServerPart(ctx: TenantContext, orderId: string): Promise<ServerPart | null> {
  const { tenantId, db } = ctx
  const { productId, input } = await db.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: orderId } },
    select: { productId: true, input: true },
  })
  const { items = [{ productId, role: 'main' }] } = input as { items?: readonly Pick<OrderedItem, 'productId' | 'role'>[] }
  const parts = await db.product.findMany({
    where: { tenantId, kind: { in: ['plan', 'app'] }, id: { in: items.map((item) => item.productId) } },
    select: { id: true, kind: true, code: true, spec: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  const planId = serverPartOf(items, (id) => parts.some((part) => part.id === id && part.kind === 'plan'))
  if (planId === null) return null
  const apps = parts.flatMap(({ kind, code }) => (kind === 'app' ? code : []))
  return { spec: ProductSpec.parse(parts.find(({ id }) => id === planId)?.spec), input: input as ServerInput, apps }
}

/** Gives every level its resource and pending subscription, the customer's first, each feeding the one below. Safe to repeat. */
export async function attachChain(chain: readonly ChainedOrder[], server: BuiltServer | null): Promise<void> {
  let feeds: { tenantId: string; subscriptionId: string } | undefined
  for (const { tenantId, orderId } of chain) {
    const below = feeds
    const attached = await inTenant(tenantId, (ctx) =>
      attachOrder(ctx, {
        orderId,
        server: server && { cloudRef: server.cloudRef, externalId: server.ref, state: server.state, address: server.address },
        ...(below ? { feeds: below } : {}),
      }),
    )
    feeds = { tenantId, subscriptionId: attached.subscriptionId }
  }
}

/** The server as the cloud has it now. */
export async function checkServer(ports: CloudPorts, top: ChainedOrder, ref: string): Promise<BuiltServer> {
  const connection = await inTenant(top.tenantId, drivableConnection)
  const server = await ports.driverFor(connection).getServer(ref)
  invariant(server, `the cloud has no server ${ref}`)
  return toBuilt(connection.id, server)
}

/** Starts the subscriptions of every level at one instant and hands the server over, where there is one. Safe to repeat. */
export async function activateChain(chain: readonly ChainedOrder[], server: BuiltServer | null, startedAt: Date): Promise<void> {
  for (const { tenantId, orderId } of chain) {
    await inTenant(tenantId, async (ctx) => {
      await activateOrder(ctx, orderId, { address: server?.address ?? null, startedAt })
      const order = await ctx.db.order.findUniqueOrThrow({
        where: { tenantId_id: { tenantId, id: orderId } },
        select: { subscriptionId: true },
      })
      if (order.subscriptionId) await applyRedemptions(ctx, { orderId, subscriptionId: order.subscriptionId, startedAt })
      await noteResourceEvent(ctx, { orderId, action: 'created', userId: null, userName: null })
    })
  }
  const [first] = chain
  if (!first || !server) return
  await inTenant(first.tenantId, async (ctx) => {
    await enqueue(ctx, completed(first))
    await tellApplicationChanged(ctx, { orderId: first.orderId })
  })
}

/** Whoever ordered is told; levels above did nothing themselves. */
function completed({ tenantId, orderId }: ChainedOrder) {
  return { name: 'order/completed' as const, data: { tenantId, orderId }, key: `order-completed:${orderId}` }
}

/** Invoices the order on every level whose contract says so. Safe to repeat. */
export async function invoiceChain(chain: readonly ChainedOrder[]): Promise<void> {
  for (const { tenantId, orderId } of chain) await inTenant(tenantId, (ctx) => invoiceOrder(ctx, orderId), { actor: systemActor('orders') })
}

/**
 * Ends the orders of every level; nothing of them is charged, what was reserved is free, and what was paid goes back. Where something failed
 * a ticket opens at each seller. `failure` is a code. Safe to repeat.
 */
export async function failChain(chain: readonly ChainedOrder[], state: 'failed' | 'refused', failure: string): Promise<void> {
  for (const { tenantId, orderId } of chain) {
    await inTenant(tenantId, async (ctx) => {
      await giveStockBack(ctx, orderId)
      await failOrder(ctx, orderId, state, failure)
      await releaseRedemptions(ctx, orderId)
      await giveRoomBack(ctx, orderId, 'release')
      await returnOrderPayment(ctx, orderId)
      if (state === 'failed') await openTicketForFailedOrder(ctx, orderId, failure)
    })
  }
}

function toBuilt(cloudRef: string, server: CloudServer): BuiltServer {
  return { cloudRef, ref: server.ref, state: server.state, address: server.address ?? null }
}
