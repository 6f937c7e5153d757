import type { TenantContext } from '#app/db/context.server.ts'
import { openProjectsAmong, type PeopleOf, type ProfileRow, profilesFor } from '#app/db/people/members.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import type { Rights } from '#app/domain/tenancy/permissions.ts'

/** Who looks after the people of an account or of the house organisation: what they may do is the most they can give. */
export type Manager = {
  readonly userId: string
  /** The account the person acts for; null for staff, who look after the house. */
  readonly accountId: string | null
  /** The account and its departments; null for the house. */
  readonly accountIds: PeopleOf
  readonly rights: Rights
}

/** What a member is to have: a profile, and all projects (null) or chosen ones. */
export type MemberTerms = { readonly profileId: string; readonly projectIds: readonly string[] | null }
export type TermsError = 'profile-not-found' | 'not-allowed' | 'project-not-found' | 'owner-not-limited'

/** The profile behind terms for a member of `accountId` (null: the house), when the manager may give it and the projects are the account's. */
export async function checkTerms(
  ctx: TenantContext,
  { manager, accountId, terms }: { readonly manager: Manager; readonly accountId: string | null; readonly terms: MemberTerms },
): Promise<Result<ProfileRow, TermsError>> {
  const profile = (await profilesFor(ctx, manager.accountIds)).find(({ id }) => id === terms.profileId)
  if (!profile) return err('profile-not-found')
  if (!mayGive(manager.rights, profile)) return err('not-allowed')
  if (terms.projectIds === null) return ok(profile)
  if (profile.isOwner) return err('owner-not-limited')
  if (!accountId) return err('project-not-found')
  const found = await openProjectsAmong(ctx, accountId, terms.projectIds)
  return terms.projectIds.length > 0 && found.length === new Set(terms.projectIds).size ? ok(profile) : err('project-not-found')
}
