import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type ResourceEventInput = {
  readonly orderId?: string
  readonly resourceId?: string
  readonly action: string
  readonly userId: string | null
  readonly userName: string | null
}

/** Notes what happened to a server, named by itself or by the order that made it. The same event of an order is noted once. */
export async function noteResourceEvent(ctx: TenantContext, event: ResourceEventInput): Promise<void> {
  const { tenantId } = ctx
  const resourceId = event.resourceId ?? (await resourceOfOrder(ctx, event.orderId))
  if (!resourceId) return
  const resource = await ctx.db.resource.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: resourceId } },
    select: { accountId: true },
  })
  if (event.orderId) {
    const known = await ctx.db.resourceEvent.findFirst({ where: { tenantId, resourceId, action: event.action }, select: { id: true } })
    if (known) return
  }
  await ctx.db.resourceEvent.createMany({
    data: [
      {
        tenantId,
        id: newId(),
        resourceId,
        accountId: resource.accountId,
        at: ctx.now,
        action: event.action,
        userId: event.userId,
        userName: event.userName,
      },
    ],
  })
}

async function resourceOfOrder(ctx: TenantContext, orderId: string | undefined): Promise<string | null> {
  if (!orderId) return null
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: orderId } },
    select: { resourceId: true },
  })
  return order?.resourceId ?? null
}

/** Names of the servers that an account has. */
export async function serverNames({ db, tenantId }: TenantContext, accountId: string): Promise<string[]> {
  const where = { tenantId, accountId, kind: 'server', state: { not: 'deleted' } }
  const rows = await db.resource.findMany({ where, select: { name: true }, orderBy: { id: 'asc' }, take: 5_000 })
  return rows.map(({ name }) => name)
}

export type ServerIdentity = { readonly cloudRef: string; readonly externalId: string }

/** The server of this tenant that stands for `identity` in the cloud; null when it knows none such. */
export async function findByIdentity(
  ctx: TenantContext,
  identity: ServerIdentity,
): Promise<{ id: string; subscriptionId: string | null } | null> {
  return ctx.db.resource.findUnique({
    where: { tenantId_cloudRef_externalId: { tenantId: ctx.tenantId, ...identity } },
    select: { id: true, subscriptionId: true },
  })
}

/** What a server is called in its cloud, and its state here; null when there is none such. */
export async function findServer(ctx: TenantContext, id: string): Promise<{ identity: ServerIdentity; state: string } | null> {
  const server = await ctx.db.resource.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { cloudRef: true, externalId: true, state: true },
  })
  return server && { identity: { cloudRef: server.cloudRef, externalId: server.externalId }, state: server.state }
}
