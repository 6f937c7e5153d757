import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type NewApiKey = {
  readonly accountId: string
  readonly userId: string
  readonly name: string
  /** The first letters, by which people tell keys apart. */
  readonly prefix: string
  readonly keyHash: string
  readonly permissions: readonly string[]
  readonly networks: readonly string[]
  readonly expiresAt: Date | null
}

/** Writes a key. Returns its id. */
export async function insertApiKey(ctx: TenantContext, key: NewApiKey): Promise<string> {
  const id = newId()
  const lists = { permissions: [...key.permissions], networks: [...key.networks] }
  await ctx.db.apiKey.createMany({ data: [{ tenantId: ctx.tenantId, id, ...key, ...lists, createdAt: ctx.now }] })
  return id
}

/** How many keys of an account work. */
export function countApiKeys(ctx: TenantContext, accountId: string): Promise<number> {
  return ctx.db.apiKey.count({ where: { tenantId: ctx.tenantId, accountId, revokedAt: null } })
}

export type ApiKeyRow = {
  readonly id: string
  readonly accountId: string
  readonly userId: string
  readonly name: string
  readonly permissions: readonly string[]
  readonly networks: readonly string[]
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
}

/** The key with this hash that was not revoked; null otherwise. */
export function findApiKey(ctx: TenantContext, keyHash: string): Promise<ApiKeyRow | null> {
  return ctx.db.apiKey.findFirst({
    where: { tenantId: ctx.tenantId, keyHash, revokedAt: null },
    select: {
      id: true,
      accountId: true,
      userId: true,
      name: true,
      permissions: true,
      networks: true,
      expiresAt: true,
      lastUsedAt: true,
    },
  })
}

/** Notes that a key was used now. */
export async function noteKeyUse(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.apiKey.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { lastUsedAt: ctx.now } })
}

/** Ends a key of an account; false when it has no such one that works. */
export async function revokeKey(
  ctx: TenantContext,
  { id, accountId }: { readonly id: string; readonly accountId: string },
): Promise<boolean> {
  const { count } = await ctx.db.apiKey.updateMany({
    where: { tenantId: ctx.tenantId, id, accountId, revokedAt: null },
    data: { revokedAt: ctx.now },
  })
  return count === 1
}

/** A request that may come twice: its key, and what it asks for. */
export type RepeatableRequest = {
  readonly apiKeyId: string
  readonly accountId: string
  readonly key: string
  readonly requestHash: string
}
export type KeptAnswer = { readonly requestHash: string; readonly status: number; readonly body: string }

const keptMs = 24 * 3_600_000

/** Takes the right to answer a request until the transaction ends; false while another one is at it. */
export async function takeRequest(ctx: TenantContext, { apiKeyId, key }: RepeatableRequest): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ taken: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`api/${ctx.tenantId}/${apiKeyId}/${key}`}, 0)) as taken`
  return row?.taken === true
}

/** What a request was answered in the last 24 hours; null for a new one. */
export async function keptAnswer(ctx: TenantContext, { apiKeyId, key }: RepeatableRequest): Promise<KeptAnswer | null> {
  const { tenantId } = ctx
  await ctx.db.apiAnswer.deleteMany({ where: { tenantId, apiKeyId, createdAt: { lt: new Date(ctx.now.getTime() - keptMs) } } })
  return ctx.db.apiAnswer.findUnique({
    where: { tenantId_apiKeyId_key: { tenantId, apiKeyId, key } },
    select: { requestHash: true, status: true, body: true },
  })
}

/** Keeps what a request was answered, for the one that comes again. */
export async function keepAnswer(
  ctx: TenantContext,
  request: RepeatableRequest,
  answer: { readonly status: number; readonly body: string },
) {
  await ctx.db.apiAnswer.createMany({ data: [{ tenantId: ctx.tenantId, ...request, ...answer, createdAt: ctx.now }] })
}
