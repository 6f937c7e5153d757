import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import {
  countInvitations,
  findInvitation,
  insertInvitation,
  prolongInvitation,
  withdrawInvitations,
} from '#app/db/people/member-invitations.server.ts'
import { lockMembers } from '#app/db/people/members.server.ts'
import { findUserByEmail, normalEmail } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { checkTerms, type Manager, type MemberTerms, type TermsError } from './manager.ts'

/** At most so many invitations into an account, or the house, are open. */
const mostInvitations = 50

export type InviteMemberInput = MemberTerms & {
  readonly manager: Manager
  /** The manager's account or one of its departments; null for the house. */
  readonly accountId: string | null
  readonly email: string
  readonly name: string
  readonly language: string
}
export type InviteMemberError = TermsError | 'account-not-found' | 'already-member' | 'already-invited' | 'too-many'

/**
 * Invites somebody into an account or the house organisation; a mail brings a link that works once and for seven days. Nothing says whether the address has a
 * sign-in at this store. Runs in the office's scope, for a manager whose accounts come from the membership.
 */
export async function inviteMember(
  ctx: TenantContext,
  input: InviteMemberInput,
): Promise<Result<{ invitationId: string }, InviteMemberError>> {
  const { manager, accountId, language } = input
  if (!looksAfter(manager, accountId)) return err('account-not-found')
  if (accountId && (await findAccount(ctx, accountId))?.status === 'closed') return err('account-not-found')
  const checked = await checkTerms(ctx, { manager, accountId, terms: input })
  if (!checked.ok) return checked
  const email = normalEmail(input.email)
  const known = await findUserByEmail(ctx, email)
  if (known && (await lockMembers(ctx, accountId)).some(({ userId }) => userId === known.id)) return err('already-member')
  if ((await countInvitations(ctx, accountId)) >= mostInvitations) return err('too-many')

  const terms = { securityProfileId: checked.value.id, projectIds: input.projectIds }
  const invitationId = await insertInvitation(ctx, {
    accountId,
    email,
    name: input.name.trim(),
    language,
    ...terms,
    invitedBy: manager.userId,
  })
  if (!invitationId) return err('already-invited')
  await enqueue(ctx, { name: 'member/invited', data: { tenantId: ctx.tenantId, invitationId } })
  const detail = { email, profile: checked.value.name, projects: input.projectIds?.length ?? null }
  await audit(ctx, { action: 'member.invited', ...placeOf(ctx, accountId), detail })
  return ok({ invitationId })
}

function looksAfter({ accountIds }: Manager, accountId: string | null): boolean {
  return accountId === null ? accountIds === null : (accountIds?.includes(accountId) ?? false)
}

function placeOf(ctx: TenantContext, accountId: string | null) {
  return accountId ? { subjectKind: 'account', subjectId: accountId } : { subjectKind: 'tenant', subjectId: ctx.tenantId }
}

type Invitation = { readonly manager: Manager; readonly invitationId: string }

/** Mails an invitation once more; the link before works no more, the new one for seven days. */
export async function inviteAgain(
  ctx: TenantContext,
  { manager, invitationId }: Invitation,
): Promise<Result<void, 'invitation-not-found'>> {
  const invitation = await findInvitation(ctx, invitationId, manager.accountIds)
  if (!invitation) return err('invitation-not-found')
  await prolongInvitation(ctx, invitation.id)
  await enqueue(ctx, { name: 'member/invited', data: { tenantId: ctx.tenantId, invitationId } })
  return ok(undefined)
}

/** Takes an invitation back; its link works no more. */
export async function withdrawInvitation(
  ctx: TenantContext,
  { manager, invitationId }: Invitation,
): Promise<Result<void, 'invitation-not-found'>> {
  const invitation = await findInvitation(ctx, invitationId, manager.accountIds)
  if (!invitation) return err('invitation-not-found')
  await withdrawInvitations(ctx, { id: invitation.id })
  const detail = { email: invitation.email }
  await audit(ctx, { action: 'member.invitation-withdrawn', ...placeOf(ctx, invitation.accountId), detail })
  return ok(undefined)
}
