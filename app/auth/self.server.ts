import { audit } from '#app/db/audit.server.ts'
import { inAuth, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import type { SecurityChange } from '#app/domain/people/security-change.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'
import { isPassword } from './password.server.ts'

/** A person who is signed in and changes something of the own sign-in. */
export type Self = { readonly tenantId: string; readonly userId: string; readonly sessionId: string }

/** Whether the person behind a session knows the password; ten tries in a quarter of an hour. */
export async function isOwnPassword(
  { tenantId, userId }: Omit<Self, 'sessionId'>,
  password: string,
): Promise<Result<{ email: string }, 'wrong-password' | 'too-many-attempts'>> {
  const subject = `${tenantId} ${userId}`
  if (!takeAttempt('person', subject)) return err('too-many-attempts')
  const user = await inAuth(tenantId, (ctx) => findUser(ctx, userId))
  if (!(await isPassword(password, user?.passwordHash)) || !user) return err('wrong-password')
  clearAttempts('person', subject)
  return ok({ email: user.email })
}

/** Leaves a trace of a change to somebody's sign-in and has them told by mail, in the transaction that changes it. */
export async function tellOfChange(ctx: TenantContext, userId: string, change: SecurityChange): Promise<void> {
  await audit(ctx, { action: `user.${change}`, subjectKind: 'user', subjectId: userId })
  await enqueue(ctx, { name: 'user/security.changed', data: { tenantId: ctx.tenantId, userId, change, at: ctx.now.toISOString() } })
}
