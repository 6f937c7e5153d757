import { inTenant } from '#app/db/context.server.ts'
import { markStep, type OrderStepName, type StepState } from '#app/db/orders.server.ts'
import { noteResourceEvent } from '#app/db/resources.server.ts'
import { activateOrder, attachServer, failOrder } from '#app/db/subscriptions.server.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudServer } from '#app/ports/cloud-driver.ts'
import { type CloudPorts, drivableConnection } from '../clouds/cloud-ports.ts'
import { applyRedemptions, releaseRedemptions } from '../promotions/redeem.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'

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
 * Asks the cloud of the chain's top for the server, by the size of the provider's own product. The customer's order is the key: a repeat
 * finds the first server. Throws when the cloud does not answer: the job retries.
 */
export async function createServer(ports: CloudPorts, chain: readonly ChainedOrder[]): Promise<BuiltServer> {
  const [bottom, top] = [chain[0], chain.at(-1)]
  invariant(bottom && top, 'createServer: the chain is empty')
  const { order, connection } = await inTenant(top.tenantId, async (ctx) => ({
    order: await ctx.db.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: top.orderId } },
      select: { input: true, product: { select: { spec: true } } },
    }),
    connection: await drivableConnection(ctx),
  }))
  const account = await inTenant(bottom.tenantId, (ctx) =>
    ctx.db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId: ctx.tenantId, id: bottom.orderId } }, select: { accountId: true } }),
  )
  const spec = ProductSpec.parse(order.product.spec)
  const input = order.input as { name: string; zone: string; image: string; sshKey?: string }
  const server = await ports.driverFor(connection).createServer({
    idempotencyKey: bottom.orderId,
    name: input.name,
    cpuNumber: spec.cpuNumber,
    memoryMib: spec.memoryMib,
    diskGib: spec.diskGib,
    image: input.image,
    zone: input.zone,
    ...(input.sshKey ? { sshKey: input.sshKey } : {}),
    ownerAccountId: account.accountId,
  })
  return toBuilt(connection.id, server)
}

/** Gives every level its resource and pending subscription, the customer's first, each feeding the one below. Safe to repeat. */
export async function attachChain(chain: readonly ChainedOrder[], server: BuiltServer): Promise<void> {
  let feeds: { tenantId: string; subscriptionId: string } | undefined
  for (const { tenantId, orderId } of chain) {
    const below = feeds
    const attached = await inTenant(tenantId, (ctx) =>
      attachServer(ctx, {
        orderId,
        cloudRef: server.cloudRef,
        externalId: server.ref,
        state: server.state,
        address: server.address,
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

/** Starts the subscriptions of every level at one instant and hands the server over. Safe to repeat. */
export async function activateChain(chain: readonly ChainedOrder[], server: BuiltServer, startedAt: Date): Promise<void> {
  for (const { tenantId, orderId } of chain) {
    await inTenant(tenantId, async (ctx) => {
      await activateOrder(ctx, orderId, { address: server.address, startedAt })
      const order = await ctx.db.order.findUniqueOrThrow({
        where: { tenantId_id: { tenantId, id: orderId } },
        select: { subscriptionId: true },
      })
      if (order.subscriptionId) await applyRedemptions(ctx, { orderId, subscriptionId: order.subscriptionId, startedAt })
      await noteResourceEvent(ctx, { orderId, action: 'created', userId: null, userName: null })
    })
  }
}

/** Ends the orders of every level; nothing of them is charged. `failure` is a code. Safe to repeat. */
export async function failChain(chain: readonly ChainedOrder[], state: 'failed' | 'refused', failure: string): Promise<void> {
  for (const { tenantId, orderId } of chain) {
    await inTenant(tenantId, async (ctx) => {
      await failOrder(ctx, orderId, state, failure)
      await releaseRedemptions(ctx, orderId)
    })
  }
}

function toBuilt(cloudRef: string, server: CloudServer): BuiltServer {
  return { cloudRef, ref: server.ref, state: server.state, address: server.address ?? null }
}
