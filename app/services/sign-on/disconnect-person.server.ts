import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { deleteIdentity, endSessionsOf, findIdentity } from '#app/db/people/external-identities.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { applyDirectoryRights } from '../access/apply-directory-rights.server.ts'

export type DisconnectPersonInput = { readonly providerId: string; readonly identityId: string }

/**
 * Parts a name at a directory from the person here: its sessions end, and what the directory gave goes. The name can be tied anew, as at a first
 * sign-in.
 */
export async function disconnectPerson(
  ctx: TenantContext,
  { providerId, identityId }: DisconnectPersonInput,
): Promise<Result<void, 'identity-not-found'>> {
  const identity = await findIdentity(ctx, { id: identityId, providerId })
  if (!identity) return err('identity-not-found')
  const { subject, userId } = identity
  await endSessionsOf(ctx, { providerId, subject })
  await applyDirectoryRights(ctx, { providerId, userId, given: [] })
  await deleteIdentity(ctx, { id: identityId, providerId })
  await audit(ctx, { action: 'identity.unlinked', subjectKind: 'user', subjectId: userId, detail: { providerId } })
  return ok(undefined)
}
