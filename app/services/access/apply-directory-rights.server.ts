import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { heldMemberships, noteGivenBy } from '#app/db/people/external-identities.server.ts'
import { withdrawInvitations } from '#app/db/people/member-invitations.server.ts'
import { deleteMembership, updateMembership } from '#app/db/people/members.server.ts'
import { insertMembership } from '#app/db/people/people.server.ts'
import { type GivenPlace, type HeldMembership, membershipChanges } from '#app/domain/people/directory-rights.ts'

export type DirectoryRights = { readonly providerId: string; readonly userId: string; readonly given: readonly GivenPlace[] }

/** Makes memberships what a directory gives, and takes away what it gives no longer, keys included. What people gave stays. Safe to repeat. */
export async function applyDirectoryRights(ctx: TenantContext, { providerId, userId, given }: DirectoryRights): Promise<void> {
  const held = await heldMemberships(ctx, { userId, providerId })
  const { added, changed, removed } = membershipChanges(held, given)
  for (const { accountId, securityProfileId } of added) {
    if (!(await insertMembership(ctx, { userId, accountId, securityProfileId }))) continue
    await noteGivenBy(ctx, { userId, accountId, providerId })
    await note(ctx, 'member.joined', userId, { accountId, providerId })
  }
  for (const { membership, securityProfileId } of changed) {
    await updateMembership(ctx, { membershipId: membership.membershipId, securityProfileId, projectIds: null })
    await note(ctx, 'member.changed', userId, { accountId: membership.accountId, providerId })
  }
  for (const membership of removed) await takeOut(ctx, userId, membership)
}

/** As for a member whom somebody takes out: keys stop working, open invitations are withdrawn. */
async function takeOut(ctx: TenantContext, userId: string, { membershipId, accountId }: HeldMembership): Promise<void> {
  const { tenantId, now } = ctx
  await deleteMembership(ctx, membershipId)
  await withdrawInvitations(ctx, { accountId, invitedBy: userId })
  if (accountId) {
    await ctx.db.apiKey.updateMany({ where: { tenantId, accountId, userId, revokedAt: null }, data: { revokedAt: now } })
    await ctx.db.sshKey.deleteMany({ where: { tenantId, accountId, userId } })
  }
  await note(ctx, 'member.removed', userId, { accountId })
}

function note(ctx: TenantContext, action: string, subjectId: string, detail: Record<string, string | null>): Promise<void> {
  return audit(ctx, { action, subjectKind: 'user', subjectId, detail })
}
