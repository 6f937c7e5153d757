import { chainFrom } from '#app/db/chain.server.ts'
import { freeThingsOf } from '#app/db/cloud/cloud-deeds.server.ts'
import { findByIdentity, noteResourceEvent, type ServerIdentity } from '#app/db/cloud/resources.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { isServerSuspended } from '#app/db/subscriptions/service-suspensions.server.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import type { ServerAction } from '#app/domain/cloud/server-actions.ts'
import type { CloudServer, ServerSize } from '#app/ports/cloud-driver.ts'
import { tellApplicationChanged } from '../apps/connect-tiers.server.ts'
import { type CloudPorts, readConnection } from '../clouds/cloud-ports.ts'

export type PerformServerActionInput = { readonly tenantId: string; readonly resourceId: string; readonly action: ServerAction }

/** What the cloud answered, as a step of a job remembers it. */
export type PerformedAction = { readonly identity: ServerIdentity; readonly state: CloudServer['state']; readonly at: string }

/**
 * Carries an action out in the cloud that the top of the chain owns. Repeating it on a server in that state succeeds.
 * Null when the server is gone, or may not be started while it is suspended. Throws when the cloud does not answer: the job retries.
 */
export async function performInCloud(ports: CloudPorts, input: PerformServerActionInput, now: Date): Promise<PerformedAction | null> {
  const server = await inTenant(input.tenantId, (ctx) => findServer(ctx, input))
  const top = (await chainFrom(input.tenantId)).at(-1)
  if (!server || !top) return null
  const connection = await inTenant(top.tenantId, (ctx) => readConnection(ctx, server.cloudRef))
  if (!connection) return null

  const driver = ports.driverFor(connection)
  const calls = { start: driver.startServer, stop: driver.stopServer, reboot: driver.rebootServer, destroy: driver.destroyServer }
  if (input.action !== 'resize') {
    const done = await calls[input.action].call(driver, server.externalId)
    return { identity: server, state: done.state, at: now.toISOString() }
  }
  const size = await inTenant(top.tenantId, (ctx) => sizeOf(ctx, server))
  if (!size || !driver.parts.resize) return null
  const done = await driver.parts.resize(server.externalId, size)
  return { identity: server, state: done.state, at: now.toISOString() }
}

/** The server in its cloud; null when it is not there, or was suspended after its start was asked for. */
async function findServer(ctx: TenantContext, { resourceId, action }: PerformServerActionInput): Promise<ServerIdentity | null> {
  if (action === 'start' && (await isServerSuspended(ctx, resourceId))) return null
  return ctx.db.resource.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: resourceId } },
    select: { cloudRef: true, externalId: true },
  })
}

/** What the plan gives the server that it belongs to here; null when it belongs to none any more. */
async function sizeOf(ctx: TenantContext, server: ServerIdentity): Promise<ServerSize | null> {
  const known = await findByIdentity(ctx, server)
  if (!known?.subscriptionId) return null
  const { product } = await ctx.db.subscription.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: known.subscriptionId } },
    select: { product: { select: { spec: true } } },
  })
  return ProductSpec.parse(product.spec)
}

const eventOf = { start: 'started', stop: 'stopped', reboot: 'rebooted', destroy: 'deleted', resize: 'resized' } as const

/** Shows the outcome at every level of the chain; a destroyed server ends its subscriptions at that instant. Safe to repeat. */
export async function showServerAction(tenantId: string, action: ServerAction, performed: PerformedAction): Promise<void> {
  for (const level of await chainFrom(tenantId)) await inTenant(level.tenantId, (ctx) => showAtLevel(ctx, action, performed))
}

/** Lets go of an action that could not be carried out, so that it can be asked for again. */
export async function releaseServerAction({ tenantId, resourceId }: PerformServerActionInput): Promise<void> {
  await inTenant(tenantId, async (ctx) => {
    await ctx.db.resource.updateMany({ where: { tenantId, id: resourceId }, data: { pendingAction: null } })
    await noteResourceEvent(ctx, { resourceId, action: 'failed', userId: null, userName: null })
  })
}

async function showAtLevel(ctx: TenantContext, action: ServerAction, performed: PerformedAction): Promise<void> {
  const { tenantId } = ctx
  const known = await findByIdentity(ctx, performed.identity)
  if (!known) return
  const at = new Date(performed.at)
  const shown = await ctx.db.resourceEvent.findFirst({
    where: { tenantId, resourceId: known.id, action: eventOf[action], at: { gte: at } },
    select: { id: true },
  })
  const isGone = performed.state === 'deleted'
  await ctx.db.resource.updateMany({
    where: { tenantId, id: known.id },
    data: { state: performed.state, pendingAction: null, ...(isGone ? { deletedAt: at } : {}) },
  })
  if (isGone) await freeThingsOf(ctx, known.id)
  if (isGone) await tellApplicationChanged(ctx, { resourceId: known.id })
  if (isGone && known.subscriptionId) {
    await ctx.db.subscription.updateMany({
      where: { tenantId, id: known.subscriptionId, state: { in: ['active', 'paused'] } },
      data: { state: 'ended', endedAt: at },
    })
  }
  if (!shown) await noteResourceEvent(ctx, { resourceId: known.id, action: eventOf[action], userId: null, userName: null })
}
