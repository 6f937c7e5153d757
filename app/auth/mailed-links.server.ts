import { audit } from '#app/db/audit.server.ts'
import { inAuth, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { peekOneTimeToken, type TokenPurpose, useOneTimeToken } from '#app/db/people/one-time-tokens.server.ts'
import { confirmUserEmail, findUser, findUserByEmail, normalEmail } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { takeAttempt } from './attempt-limits.server.ts'
import { replacePassword } from './change-password.server.ts'
import { hashPassword } from './password.server.ts'
import { type PasswordProblem, passwordProblem } from './password-rules.ts'

type Link = { readonly tenantId: string; readonly token: string }

/** Confirms the address a link was mailed to. The link works once and for 24 hours. */
export function confirmEmail(link: Link): Promise<Result<{ userId: string }, 'link-invalid'>> {
  return inAuth(link.tenantId, async (ctx) => {
    const userId = await useOneTimeToken(ctx, { token: link.token, purposes: ['confirm-email'] })
    if (!userId) return err('link-invalid')
    await noteConfirmed(ctx, userId)
    await audit(ctx, { action: 'user.email-confirmed', subjectKind: 'user', subjectId: userId })
    return ok({ userId })
  })
}

/**
 * Asks for a link to set a new password. Nothing is returned: an address the store knows and one it does not look alike.
 * The mail leaves by the outbox, at most five an hour for one address.
 */
export async function requestReset(request: { readonly tenantId: string; readonly email: string }): Promise<void> {
  if (!takeAttempt('mail', `${request.tenantId} ${normalEmail(request.email)}`)) return
  await inAuth(request.tenantId, async (ctx) => {
    const user = await findUserByEmail(ctx, request.email)
    if (!user || user.disabledAt) return
    await enqueue(ctx, { name: 'user/reset.requested', data: { tenantId: ctx.tenantId, userId: user.id } })
  })
}

/** Asks for the confirmation mail once more, for a person who is signed in but has not confirmed; at most five an hour. */
export async function requestConfirmation(request: { readonly tenantId: string; readonly userId: string }): Promise<void> {
  if (!takeAttempt('mail', `${request.tenantId} ${request.userId}`)) return
  await inAuth(request.tenantId, (ctx) => enqueue(ctx, { name: 'user/registered', data: { ...request } }))
}

export type SetPasswordInput = Link & { readonly newPassword: string }
export type SetPasswordError = 'link-invalid' | PasswordProblem

/** Sets a new password by a mailed link, once, within the hour. All sessions of the person end; the address counts as confirmed. */
export function resetPassword(input: SetPasswordInput): Promise<Result<{ userId: string }, SetPasswordError>> {
  return setPassword(input, 'reset-password')
}

/** Sets the first password of an invited person by the mailed link, once, within seven days. */
export function acceptInvite(input: SetPasswordInput): Promise<Result<{ userId: string }, SetPasswordError>> {
  return setPassword(input, 'invite')
}

/** Whether a link can still be used, to show its form or say that it is spent. Uses nothing up. */
export async function isLinkGood(link: Link & { readonly purpose: TokenPurpose }): Promise<boolean> {
  return (await inAuth(link.tenantId, (ctx) => peekOneTimeToken(ctx, { token: link.token, purposes: [link.purpose] }))) !== null
}

async function setPassword(input: SetPasswordInput, purpose: TokenPurpose): Promise<Result<{ userId: string }, SetPasswordError>> {
  const query = { token: input.token, purposes: [purpose] }
  const email = await inAuth(input.tenantId, async (ctx) => {
    const userId = await peekOneTimeToken(ctx, query)
    return userId ? (await findUser(ctx, userId))?.email : undefined
  })
  if (!email) return err('link-invalid')
  const problem = passwordProblem(input.newPassword, email)
  if (problem) return err(problem)

  // Hashing takes long; it holds no transaction, and the link is used up only together with the new hash.
  const passwordHash = await hashPassword(input.newPassword)
  return inAuth(input.tenantId, async (ctx) => {
    const userId = await useOneTimeToken(ctx, query)
    if (!userId) return err('link-invalid')
    await replacePassword(ctx, { userId, passwordHash, isFirst: purpose === 'invite' })
    await noteConfirmed(ctx, userId)
    return ok({ userId })
  })
}

/** The address is the person's: what waited for that goes on. */
async function noteConfirmed(ctx: TenantContext, userId: string): Promise<void> {
  const { tenantId } = ctx
  const isFirst = await confirmUserEmail(ctx, userId)
  await enqueue(ctx, { name: 'user/email-confirmed', data: { tenantId, userId } })
  if (isFirst) await enqueue(ctx, { name: 'user/joined', data: { tenantId, userId }, key: `user-joined:${userId}` })
}
