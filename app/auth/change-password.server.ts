import { audit } from '#app/db/audit.server.ts'
import { inAuth, type TenantContext } from '#app/db/context.server.ts'
import { voidOneTimeTokens } from '#app/db/people/one-time-tokens.server.ts'
import { savePasswordHash } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { hashPassword } from './password.server.ts'
import { type PasswordProblem, passwordProblem } from './password-rules.ts'
import { isOwnPassword, tellOfChange } from './self.server.ts'

export type ChangePasswordInput = {
  readonly tenantId: string
  readonly userId: string
  /** The session in use, which stays. */
  readonly sessionId: string
  /** Whether the person's other sessions go on; they end by default. */
  readonly keepsOthers?: boolean
  readonly currentPassword: string
  readonly newPassword: string
}
export type ChangePasswordError = 'wrong-password' | 'too-many-attempts' | PasswordProblem

/** Changes the password of a signed-in person and ends open reset links; all other sessions too, unless they are to go on. */
export async function changePassword(input: ChangePasswordInput): Promise<Result<null, ChangePasswordError>> {
  const known = await isOwnPassword(input, input.currentPassword)
  if (!known.ok) return known
  const problem = passwordProblem(input.newPassword, known.value.email)
  if (problem) return err(problem)

  const passwordHash = await hashPassword(input.newPassword)
  const actor = { kind: 'user', userId: input.userId } as const
  await inAuth(input.tenantId, (ctx) => replacePassword(ctx, { ...input, passwordHash }), { actor })
  return ok(null)
}

type Replacement = {
  readonly userId: string
  readonly passwordHash: string
  readonly sessionId?: string
  readonly keepsOthers?: boolean
  /** Somebody invited sets the first password, which is no news. */
  readonly isFirst?: boolean
}

/** Stores the hash, ends every session but `sessionId`, makes links that set a password worthless and tells the person, all at once. */
export async function replacePassword(ctx: TenantContext, replacement: Replacement): Promise<void> {
  const { userId, passwordHash, sessionId, keepsOthers = false, isFirst = false } = replacement
  await savePasswordHash(ctx, userId, passwordHash)
  const isOther = sessionId ? { id: { not: sessionId } } : {}
  if (!keepsOthers) await ctx.db.session.deleteMany({ where: { tenantId: ctx.tenantId, userId, ...isOther } })
  await voidOneTimeTokens(ctx, userId, ['reset-password', 'invite'])
  if (isFirst) await audit(ctx, { action: 'user.password-changed', subjectKind: 'user', subjectId: userId })
  else await tellOfChange(ctx, userId, 'password-changed')
}
