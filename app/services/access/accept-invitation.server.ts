import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type InvitationRow, invitationByToken, markAccepted } from '#app/db/people/member-invitations.server.ts'
import { openProjectsAmong } from '#app/db/people/members.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import {
  confirmUserEmail,
  findUserByEmail,
  insertMembership,
  insertUser,
  savePasswordHash,
  type UserRow,
} from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { nameOfPlace } from './name-of-place.server.ts'

/** What the page of an invitation shows. */
export type OpenInvitation = {
  readonly email: string
  readonly name: string
  /** The account, or the seller itself. */
  readonly accountName: string
  readonly isHouse: boolean
  /** Whether the address has a sign-in here, which is then needed; else the page asks for a first password. */
  readonly hasSignIn: boolean
}

/** The invitation behind a mailed link that is still good; null otherwise. Uses nothing up. */
export async function peekInvitation(ctx: TenantContext, token: string): Promise<OpenInvitation | null> {
  const found = await openInvitation(ctx, token)
  if (!found) return null
  const { invitation, accountName, user } = found
  return { email: invitation.email, name: invitation.name, accountName, isHouse: invitation.accountId === null, hasSignIn: hasSignIn(user) }
}

export type AcceptInvitationInput = {
  readonly token: string
  /** The person who is signed in, if anybody is. */
  readonly signedInAs: string | null
  /** Of a person without a sign-in: what `app/auth` made of the password. */
  readonly passwordHash?: string
}
export type AcceptInvitationError = 'link-invalid' | 'sign-in-first' | 'password-needed'

/**
 * Joins the account or the house of an invitation, once. The link proves the address: somebody new gets a sign-in with it; whoever has one must be
 * signed in as that person. Runs in the office's scope.
 */
export async function acceptInvitation(
  ctx: TenantContext,
  input: AcceptInvitationInput,
): Promise<Result<{ readonly userId: string; readonly accountId: string | null }, AcceptInvitationError>> {
  const found = await openInvitation(ctx, input.token)
  if (!found) return err('link-invalid')
  const { invitation, user } = found
  if (hasSignIn(user) && user?.id !== input.signedInAs) return err('sign-in-first')
  if (!hasSignIn(user) && !input.passwordHash) return err('password-needed')
  if (!(await markAccepted(ctx, invitation.id))) return err('link-invalid')

  const userId = await signInOf(ctx, { invitation, user, passwordHash: input.passwordHash })
  if (!userId) return err('link-invalid')
  await join(ctx, invitation, userId)
  return ok({ userId, accountId: invitation.accountId })
}

function hasSignIn(user: UserRow | null): boolean {
  return user !== null && user.passwordHash !== null
}

async function openInvitation(ctx: TenantContext, token: string) {
  const invitation = await invitationByToken(ctx, hashOfToken(token))
  const accountName = invitation && (await nameOfPlace(ctx, invitation.accountId))
  if (!invitation || !accountName) return null
  const user = await findUserByEmail(ctx, invitation.email)
  return user?.disabledAt ? null : { invitation, accountName, user }
}

type Newcomer = { readonly invitation: InvitationRow; readonly user: UserRow | null; readonly passwordHash: string | undefined }

/** The person's id; somebody new is written with a confirmed address. Null when another request was first. */
async function signInOf(ctx: TenantContext, { invitation, user, passwordHash = '' }: Newcomer): Promise<string | null> {
  if (user && hasSignIn(user)) return user.id
  const { email, name, language } = invitation
  if (user) await savePasswordHash(ctx, user.id, passwordHash)
  const userId = user?.id ?? (await insertUser(ctx, { email, name, language, passwordHash }))
  if (!userId) return null
  const isFirst = await confirmUserEmail(ctx, userId)
  if (isFirst) await enqueue(ctx, { name: 'user/joined', data: { tenantId: ctx.tenantId, userId }, key: `user-joined:${userId}` })
  return userId
}

async function join(ctx: TenantContext, invitation: InvitationRow, userId: string): Promise<void> {
  const { accountId, securityProfileId, projectIds } = invitation
  // A project that was put away since is left out; a limit stays one, also when nothing is left of it.
  const open = projectIds && accountId ? await openProjectsAmong(ctx, accountId, projectIds) : null
  await insertMembership(ctx, { userId, accountId, securityProfileId, projectIds: open })
  const detail = { accountId, invitedBy: invitation.invitedBy }
  await audit(ctx, { action: 'member.joined', subjectKind: 'user', subjectId: userId, detail })
}
