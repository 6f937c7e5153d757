import type { WebhookEventType } from '#app/domain/webhook/event-types.ts'
import type { TenantContext } from '../context.server.ts'

/** `paused` takes nothing after days of failure until somebody starts it again; `removed` is kept for its log. */
export type EndpointState = 'active' | 'paused' | 'removed'

export type SealedSecret = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }

export type NewEndpoint = {
  readonly id: string
  /** Null: of the seller itself. */
  readonly accountId: string | null
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly secret: SealedSecret
  readonly createdBy: string
}

/** Adds an endpoint, active from now. */
export async function insertEndpoint(ctx: TenantContext, { secret, ...endpoint }: NewEndpoint): Promise<void> {
  await ctx.db.webhookEndpoint.createMany({
    data: [
      {
        ...endpoint,
        tenantId: ctx.tenantId,
        eventTypes: [...endpoint.eventTypes],
        state: 'active',
        secretCiphertext: secret.ciphertext,
        secretKeyId: secret.keyId,
        createdAt: ctx.now,
        changedAt: ctx.now,
      },
    ],
  })
}

/** How many endpoints an owner has; removed ones do not count. */
export function countEndpoints(ctx: TenantContext, accountId: string | null): Promise<number> {
  return ctx.db.webhookEndpoint.count({ where: { tenantId: ctx.tenantId, accountId, state: { not: 'removed' } } })
}

export type EndpointRow = {
  readonly id: string
  readonly accountId: string | null
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly state: EndpointState
  readonly failingSince: Date | null
  readonly secretCiphertext: Uint8Array
  readonly previousSecretCiphertext: Uint8Array | null
  readonly previousSecretUntil: Date | null
}

/** One endpoint; undefined when the scope holds no such one, or it was removed. */
export async function findEndpoint(ctx: TenantContext, id: string): Promise<EndpointRow | undefined> {
  const row = await ctx.db.webhookEndpoint.findFirst({ where: { tenantId: ctx.tenantId, id, state: { not: 'removed' } } })
  return row ? (row as unknown as EndpointRow) : undefined
}

/** The endpoints that want to be told of a type: the seller's, and those of the account it is about. */
export async function endpointsFor(
  ctx: TenantContext,
  type: WebhookEventType,
  accountId: string,
): Promise<{ id: string; accountId: string | null }[]> {
  return ctx.db.webhookEndpoint.findMany({
    where: { tenantId: ctx.tenantId, state: { not: 'removed' }, eventTypes: { has: type }, OR: [{ accountId: null }, { accountId }] },
    select: { id: true, accountId: true },
    orderBy: { id: 'asc' },
    take: 100,
  })
}

/** The endpoints of one owner that want to be told of a type; the seller's own for null. */
export function endpointsOf(
  ctx: TenantContext,
  type: WebhookEventType,
  accountId: string | null,
): Promise<{ id: string; accountId: string | null }[]> {
  return ctx.db.webhookEndpoint.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: { not: 'removed' }, eventTypes: { has: type } },
    select: { id: true, accountId: true },
    orderBy: { id: 'asc' },
    take: 100,
  })
}

/** Changes whether an endpoint is told anything. Whoever starts or pauses it knows of its failures: they are forgotten. */
export async function setEndpointState(ctx: TenantContext, id: string, state: EndpointState): Promise<void> {
  const forgets = state === 'removed' ? {} : { failingSince: null }
  await ctx.db.webhookEndpoint.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { state, changedAt: ctx.now, ...forgets } })
}

/** Pauses an endpoint that is active; false when it was not. */
export async function pauseEndpoint(ctx: TenantContext, id: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id, state: 'active' }
  return (await ctx.db.webhookEndpoint.updateMany({ where, data: { state: 'paused', changedAt: ctx.now } })).count === 1
}

/** Puts a new secret in place; the old one signs beside it until `until`. */
export async function rotateSecret(
  ctx: TenantContext,
  id: string,
  { secret, until }: { secret: SealedSecret; until: Date },
): Promise<void> {
  await ctx.db.$executeRaw`
    update webhook_endpoints set previous_secret_ciphertext = secret_ciphertext, previous_secret_until = ${until},
      secret_ciphertext = ${secret.ciphertext}, secret_key_id = ${secret.keyId}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Notes that an endpoint took something, or since when it has not. */
export async function noteHealth(ctx: TenantContext, id: string, isWell: boolean): Promise<void> {
  await ctx.db.$executeRaw`
    update webhook_endpoints set failing_since = case when ${isWell} then null else coalesce(failing_since, ${ctx.now}) end
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}
