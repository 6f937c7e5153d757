import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import type { PeopleOf } from './members.server.ts'

/** How long a mailed invitation works: seven days. */
export const invitationLifetimeMs = 7 * 86_400_000

export type NewInvitation = {
  /** Null for the house organisation. */
  readonly accountId: string | null
  readonly email: string
  readonly name: string
  readonly language: string
  readonly securityProfileId: string
  readonly projectIds: readonly string[] | null
  readonly invitedBy: string
}

export type InvitationRow = NewInvitation & { readonly id: string; readonly expiresAt: Date }

const columns = {
  id: true,
  accountId: true,
  email: true,
  name: true,
  language: true,
  securityProfileId: true,
  isLimited: true,
  projectIds: true,
  invitedBy: true,
  expiresAt: true,
} as const

type Stored = Omit<InvitationRow, 'projectIds'> & { readonly isLimited: boolean; readonly projectIds: string[] }

function toInvitation({ isLimited, projectIds, ...row }: Stored): InvitationRow {
  return { ...row, projectIds: isLimited ? projectIds : null }
}

/** Writes an invitation, without its link yet; null when one to this address stands there. */
export async function insertInvitation(ctx: TenantContext, invitation: NewInvitation): Promise<string | null> {
  const { projectIds, ...row } = invitation
  const id = newId()
  const limit = { isLimited: projectIds !== null, projectIds: [...(projectIds ?? [])] }
  const dates = { createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + invitationLifetimeMs) }
  const written = await ctx.db.memberInvitation.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...row, ...limit, ...dates }],
    skipDuplicates: true,
  })
  return written.count === 1 ? id : null
}

/** How many invitations into an account, or the house, are open. */
export function countInvitations(ctx: TenantContext, accountId: string | null): Promise<number> {
  return ctx.db.memberInvitation.count({ where: { tenantId: ctx.tenantId, accountId, acceptedAt: null, withdrawnAt: null } })
}

/** An open invitation, or null: it was accepted or withdrawn, or is not into what was asked for. */
export async function findInvitation(ctx: TenantContext, id: string, accountIds?: PeopleOf): Promise<InvitationRow | null> {
  const row = await ctx.db.memberInvitation.findFirst({
    where: {
      tenantId: ctx.tenantId,
      id,
      acceptedAt: null,
      withdrawnAt: null,
      ...(accountIds === undefined ? {} : { accountId: accountIds && { in: [...accountIds] } }),
    },
    select: columns,
  })
  return row ? toInvitation(row) : null
}

/** The open invitation with this link, if it has not expired; null otherwise. */
export async function invitationByToken(ctx: TenantContext, tokenHash: string): Promise<InvitationRow | null> {
  const row = await ctx.db.memberInvitation.findFirst({
    where: { tenantId: ctx.tenantId, tokenHash, acceptedAt: null, withdrawnAt: null, expiresAt: { gt: ctx.now } },
    select: columns,
  })
  return row ? toInvitation(row) : null
}

/** Makes a link good for an open invitation from now on; an earlier one works no more. */
export async function saveInvitationToken(ctx: TenantContext, id: string, tokenHash: string): Promise<void> {
  await ctx.db.memberInvitation.updateMany({
    where: { tenantId: ctx.tenantId, id, acceptedAt: null, withdrawnAt: null },
    data: { tokenHash },
  })
}

/** Lets an open invitation work for seven more days from now. */
export async function prolongInvitation(ctx: TenantContext, id: string): Promise<void> {
  const expiresAt = new Date(ctx.now.getTime() + invitationLifetimeMs)
  await ctx.db.memberInvitation.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { expiresAt } })
}

/** Uses an invitation up: of two at once one is true. */
export async function markAccepted(ctx: TenantContext, id: string): Promise<boolean> {
  const { count } = await ctx.db.memberInvitation.updateMany({
    where: { tenantId: ctx.tenantId, id, acceptedAt: null, withdrawnAt: null },
    data: { acceptedAt: ctx.now },
  })
  return count === 1
}

/** Withdraws open invitations: one, or all that a person sent for an account or the house. */
export async function withdrawInvitations(
  ctx: TenantContext,
  which: { readonly id: string } | { readonly accountId: string | null; readonly invitedBy: string },
): Promise<void> {
  await ctx.db.memberInvitation.updateMany({
    where: { tenantId: ctx.tenantId, ...which, acceptedAt: null, withdrawnAt: null },
    data: { withdrawnAt: ctx.now },
  })
}
