import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { countApiKeys, findApiKey, insertApiKey, noteKeyUse, revokeKey } from '#app/db/people/api-keys.server.ts'
import { rightsIn } from '#app/db/people/members.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { mayGive, permissionsAmong, rightsOfKey, rightsWithinProjects } from '#app/domain/tenancy/member-rules.ts'
import type { Rights } from '#app/domain/tenancy/permissions.ts'
import { isAmong, networksOf } from './networks.ts'

/** At most so many keys of an account work at a time. */
const mostKeys = 100
const prefixLength = 12
/** The time of the last use is a hint for people: writing it at every request would cost more than it tells. */
const useNotedMs = 60_000

export type AddApiKeyInput = {
  readonly accountId: string
  /** Whom the key acts for, and what that person may do: the key never more. */
  readonly userId: string
  readonly rights: Rights
  readonly name: string
  readonly permissions: readonly string[]
  /** Addresses and networks (`203.0.113.7`, `2001:db8::/32`) that may use it, parted by blanks, commas or lines; all without. */
  readonly networks: string
  readonly expiresAt: Date | null
}
export type AddApiKeyError = 'no-permissions' | 'not-allowed' | 'invalid-network' | 'expires-in-past' | 'too-many'

/** Makes a key and returns it: the only time it is told. Only its hash and its first letters are kept. Runs in the office's scope. */
export async function addApiKey(ctx: TenantContext, input: AddApiKeyInput): Promise<Result<{ secret: string }, AddApiKeyError>> {
  const { accountId, userId, name, expiresAt } = input
  const permissions = permissionsAmong('customer', input.permissions)
  if (permissions.length === 0) return err('no-permissions')
  if (!mayGive(input.rights, { isOwner: false, permissions })) return err('not-allowed')
  const networks = networksOf(input.networks)
  if (!networks) return err('invalid-network')
  if (expiresAt && expiresAt <= ctx.now) return err('expires-in-past')
  if ((await countApiKeys(ctx, accountId)) >= mostKeys) return err('too-many')

  const secret = `lvk_${randomBytes(32).toString('base64url')}`
  const stored = { prefix: secret.slice(0, prefixLength), keyHash: hashOfToken(secret) }
  const id = await insertApiKey(ctx, { accountId, userId, name, ...stored, permissions, networks, expiresAt })
  const detail = { accountId, name, prefix: stored.prefix, permissions }
  await audit(ctx, { action: 'api-key.added', subjectKind: 'api-key', subjectId: id, detail })
  return ok({ secret })
}

/** Ends a key at once. */
export async function revokeApiKey(
  ctx: TenantContext,
  { keyId, accountId }: { readonly keyId: string; readonly accountId: string },
): Promise<Result<void, 'key-not-found'>> {
  if (!(await revokeKey(ctx, { id: keyId, accountId }))) return err('key-not-found')
  await audit(ctx, { action: 'api-key.revoked', subjectKind: 'api-key', subjectId: keyId, detail: { accountId } })
  return ok(undefined)
}

/** Whom a request with a key acts for, and what it may do. */
export type ApiClient = {
  readonly keyId: string
  readonly keyName: string
  readonly userId: string
  readonly userName: string
  readonly accountId: string
  readonly accountIds: readonly string[]
  readonly projectIds: readonly string[] | null
  readonly rights: Rights
}
export type UseApiKeyError = 'key-invalid' | 'key-expired' | 'address-not-allowed'

/**
 * The client behind a key, as far as its person is a member of the account and has the rights now. Notes the use. Runs in the office's
 * scope.
 */
export async function useApiKey(
  ctx: TenantContext,
  { secret, address }: { readonly secret: string; readonly address: string },
): Promise<Result<ApiClient, UseApiKeyError>> {
  const key = await findApiKey(ctx, hashOfToken(secret))
  const member = key && (await rightsIn(ctx, key))
  const user = key && (await findUser(ctx, key.userId))
  if (!key || !member || !user) return err('key-invalid')
  if (key.expiresAt && key.expiresAt <= ctx.now) return err('key-expired')
  if (key.networks.length > 0 && (isIP(address) === 0 || !isAmong(address, key.networks))) return err('address-not-allowed')
  if (!key.lastUsedAt || ctx.now.getTime() - key.lastUsedAt.getTime() > useNotedMs) await noteKeyUse(ctx, key.id)
  const { id: keyId, name: keyName, userId, accountId } = key
  const person = member.isLimited ? rightsWithinProjects(member) : member
  return ok({
    keyId,
    keyName,
    userId,
    accountId,
    userName: user.name,
    accountIds: member.accountIds,
    projectIds: member.isLimited ? member.projectIds : null,
    rights: rightsOfKey(key.permissions, person),
  })
}
