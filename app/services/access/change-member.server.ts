import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { withdrawInvitations } from '#app/db/people/member-invitations.server.ts'
import { deleteMembership, lockMembers, type MemberOf, placeOfMembership, updateMembership } from '#app/db/people/members.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type MemberProblem, problemOfMemberChange } from '#app/domain/tenancy/member-rules.ts'
import { checkTerms, type Manager, type MemberTerms, type TermsError } from './manager.ts'

type Target = { readonly manager: Manager; readonly membershipId: string }

export type ChangeMemberError = TermsError | MemberProblem | 'member-not-found'

/**
 * Gives a member another profile or other projects, from the member's next click on. Nobody changes their own membership or gives more
 * than they have. Runs in the office's scope, for a manager whose accounts come from the membership.
 */
export async function changeMember(ctx: TenantContext, input: Target & MemberTerms): Promise<Result<void, ChangeMemberError>> {
  const found = await findMember(ctx, input)
  if (!found) return err('member-not-found')
  const { manager, membershipId, projectIds } = input
  const checked = await checkTerms(ctx, { manager, accountId: found.member.accountId, terms: input })
  if (!checked.ok) return checked
  const { isOwner, permissions, id: securityProfileId, name } = checked.value
  const problem = problemWith(manager, found, { isOwner, permissions, isLimited: projectIds !== null })
  if (problem) return err(problem)

  await updateMembership(ctx, { membershipId, securityProfileId, projectIds })
  const detail = { accountId: found.member.accountId, profile: name, projects: projectIds?.length ?? null }
  await audit(ctx, { action: 'member.changed', subjectKind: 'user', subjectId: found.member.userId, detail })
  return ok(undefined)
}

export type RemoveMemberError = MemberProblem | 'member-not-found'

/** Takes a member out of an account or the house at once: its keys stop working, its open invitations are withdrawn. Everybody may leave but the last owner. */
export async function removeMember(ctx: TenantContext, input: Target): Promise<Result<void, RemoveMemberError>> {
  const found = await findMember(ctx, input)
  if (!found) return err('member-not-found')
  const problem = problemWith(input.manager, found, null)
  if (problem) return err(problem)

  const { userId, accountId } = found.member
  await deleteMembership(ctx, input.membershipId)
  await withdrawInvitations(ctx, { accountId, invitedBy: userId })
  if (accountId) {
    await ctx.db.apiKey.updateMany({ where: { tenantId: ctx.tenantId, accountId, userId, revokedAt: null }, data: { revokedAt: ctx.now } })
    await ctx.db.sshKey.deleteMany({ where: { tenantId: ctx.tenantId, accountId, userId } })
  }
  await audit(ctx, { action: 'member.removed', subjectKind: 'user', subjectId: userId, detail: { accountId } })
  return ok(undefined)
}

type Found = { readonly member: MemberOf; readonly otherOwners: number }

async function findMember(ctx: TenantContext, { manager, membershipId }: Target): Promise<Found | null> {
  const place = await placeOfMembership(ctx, membershipId, manager.accountIds)
  const members = place ? await lockMembers(ctx, place.accountId) : []
  const member = members.find((one) => one.membershipId === membershipId)
  return member ? { member, otherOwners: members.filter((one) => one.isOwner && one !== member).length } : null
}

/** A department is looked after by its enterprise too, so it needs no owner of its own while a manager of that asks. */
function problemWith(manager: Manager, { member, otherOwners }: Found, after: Parameters<typeof problemOfMemberChange>[0]['after']) {
  return problemOfMemberChange({
    own: manager.rights,
    isOwnMembership: member.userId === manager.userId,
    before: member,
    after,
    otherOwners: member.accountId === manager.accountId ? otherOwners : null,
  })
}
