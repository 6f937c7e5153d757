import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { deleteOwnProfile, insertOwnProfile, lockOwnProfile, profilesFor, updateOwnProfile } from '#app/db/people/members.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { mayGive, permissionsAmong } from '#app/domain/tenancy/member-rules.ts'
import { readyProfileNames } from '#app/domain/tenancy/security-profiles.ts'
import type { Manager } from './manager.ts'

/** At most so many profiles of its own has an account, or the house. */
const mostProfiles = 50

export type SaveProfileInput = {
  readonly manager: Manager
  /** A new one without. */
  readonly profileId: string | null
  readonly name: string
  readonly permissions: readonly string[]
}
export type SaveProfileError = 'profile-not-found' | 'not-allowed' | 'name-taken' | 'no-permissions' | 'too-many'

/**
 * Keeps a set of permissions under a name for the members of an account, or for staff; who has it has the new ones at the next click. Nobody puts
 * more into it than they have, or touches one that gives more; those every seller starts with stay as they are. Returns its id.
 */
export async function saveProfile(ctx: TenantContext, input: SaveProfileInput): Promise<Result<{ profileId: string }, SaveProfileError>> {
  const { manager, profileId, name } = input
  const permissions = permissionsAmong(manager.accountId ? 'customer' : 'staff', input.permissions)
  if (permissions.length === 0) return err('no-permissions')
  if (!mayGive(manager.rights, { isOwner: false, permissions })) return err('not-allowed')
  if (readyProfileNames.includes(name)) return err('name-taken')
  return profileId ? changeProfile(ctx, { ...input, profileId, permissions }) : addProfile(ctx, { ...input, permissions })
}

async function addProfile(ctx: TenantContext, { manager, name, permissions }: SaveProfileInput) {
  const { accountId } = manager
  const known = await profilesFor(ctx, accountId ? [accountId] : null)
  const own = known.filter((profile) => profile.accountId === accountId && !readyProfileNames.includes(profile.name))
  if (own.length >= mostProfiles) return err('too-many')
  const profileId = await insertOwnProfile(ctx, { accountId, name, permissions })
  if (!profileId) return err('name-taken')
  await note(ctx, { profileId, action: 'profile.added', detail: { accountId, name, permissions: [...permissions] } })
  return ok({ profileId })
}

async function changeProfile(ctx: TenantContext, { manager, profileId, name, permissions }: SaveProfileInput & { profileId: string }) {
  const profile = await lockOwnProfile(ctx, profileId, manager.accountId)
  if (!profile) return err('profile-not-found')
  if (!mayGive(manager.rights, profile)) return err('not-allowed')
  const { accountId } = manager
  if (!(await updateOwnProfile(ctx, { id: profileId, accountId, name, permissions }))) return err('name-taken')
  const detail = { accountId, from: profile.name, to: name, before: [...profile.permissions], after: [...permissions] }
  await note(ctx, { profileId, action: 'profile.changed', detail })
  return ok({ profileId })
}

/** Takes a profile of an account's or the house's own off that nobody has or is invited to. */
export async function removeProfile(
  ctx: TenantContext,
  { manager, profileId }: { readonly manager: Manager; readonly profileId: string },
): Promise<Result<void, 'profile-not-found' | 'not-allowed' | 'profile-in-use'>> {
  const profile = await lockOwnProfile(ctx, profileId, manager.accountId)
  if (!profile) return err('profile-not-found')
  if (!mayGive(manager.rights, profile)) return err('not-allowed')
  if (!(await deleteOwnProfile(ctx, profileId))) return err('profile-in-use')
  await note(ctx, { profileId, action: 'profile.removed', detail: { accountId: manager.accountId, name: profile.name } })
  return ok(undefined)
}

function note(
  ctx: TenantContext,
  { profileId, ...rest }: { profileId: string; action: string; detail: Record<string, string | string[] | null> },
) {
  return audit(ctx, { ...rest, subjectKind: 'security-profile', subjectId: profileId })
}
