import { audit } from '#app/db/audit.server.ts'
import { inAuth, type TenantContext } from '#app/db/context.server.ts'
import { voidOneTimeTokens } from '#app/db/one-time-tokens.server.ts'
import { findUser, savePasswordHash } from '#app/db/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'
import { hashPassword, isPassword } from './password.server.ts'
import { type PasswordProblem, passwordProblem } from './password-rules.ts'

export type ChangePasswordInput = {
  readonly tenantId: string
  readonly userId: string
  /** The session in use, the only one that stays. */
  readonly sessionId: string
  readonly currentPassword: string
  readonly newPassword: string
}
export type ChangePasswordError = 'wrong-password' | 'too-many-attempts' | PasswordProblem

/** Changes the password of a signed-in person and ends all other sessions and open reset links. */
export async function changePassword(input: ChangePasswordInput): Promise<Result<null, ChangePasswordError>> {
  const subject = `${input.tenantId} ${input.userId}`
  if (!takeAttempt('person', subject)) return err('too-many-attempts')

  const user = await inAuth(input.tenantId, (ctx) => findUser(ctx, input.userId))
  if (!(await isPassword(input.currentPassword, user?.passwordHash)) || !user) return err('wrong-password')
  const problem = passwordProblem(input.newPassword, user.email)
  if (problem) return err(problem)

  clearAttempts('person', subject)
  const passwordHash = await hashPassword(input.newPassword)
  const actor = { kind: 'user', userId: input.userId } as const
  await inAuth(input.tenantId, (ctx) => replacePassword(ctx, { ...input, passwordHash }), { actor })
  return ok(null)
}

type Replacement = { readonly userId: string; readonly passwordHash: string; readonly sessionId?: string }

/** Stores the hash, ends every session but `sessionId`, and makes links that set a password worthless, all at once. */
export async function replacePassword(ctx: TenantContext, { userId, passwordHash, sessionId }: Replacement): Promise<void> {
  await savePasswordHash(ctx, userId, passwordHash)
  await ctx.db.session.deleteMany({ where: { tenantId: ctx.tenantId, userId, ...(sessionId ? { id: { not: sessionId } } : {}) } })
  await voidOneTimeTokens(ctx, userId, ['reset-password', 'invite'])
  await audit(ctx, { action: 'user.password-changed', subjectKind: 'user', subjectId: userId })
}
