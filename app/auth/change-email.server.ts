import { audit } from '#app/db/audit.server.ts'
import { inAuth } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertEmailChange, saveUserEmail, spendEmailChangeToken } from '#app/db/people/email-changes.server.ts'
import { voidOneTimeTokens } from '#app/db/people/one-time-tokens.server.ts'
import { findUserByEmail, normalEmail } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { takeAttempt } from './attempt-limits.server.ts'
import { isOwnPassword, type Self } from './self.server.ts'

export type RequestEmailChangeInput = Omit<Self, 'sessionId'> & { readonly newEmail: string; readonly password: string }

/**
 * Has a link mailed to a new address, and word of it to the present one. The answer is the same for an address somebody else of this store
 * signs in with, which is mailed nothing. At most five an hour.
 */
export async function requestEmailChange(input: RequestEmailChangeInput): Promise<Result<null, 'wrong-password' | 'too-many-attempts'>> {
  const { tenantId, userId } = input
  const known = await isOwnPassword(input, input.password)
  if (!known.ok) return known
  if (!takeAttempt('mail', `${tenantId} ${userId} address`)) return err('too-many-attempts')
  const [formerEmail, newEmail] = [known.value.email, normalEmail(input.newEmail)]
  await inAuth(
    tenantId,
    async (ctx) => {
      if (await findUserByEmail(ctx, newEmail)) return
      const changeId = await insertEmailChange(ctx, { userId, formerEmail, newEmail })
      await audit(ctx, { action: 'user.email-change-requested', subjectKind: 'user', subjectId: userId })
      await enqueue(ctx, { name: 'user/email-change.requested', data: { tenantId, changeId } })
    },
    { actor: { kind: 'user', userId } },
  )
  return ok(null)
}

/**
 * Gives a person the address a link was mailed to, once and within 24 hours; refused when somebody of this store took it meanwhile. Links
 * mailed to the former address are worth nothing afterwards, and the former address is told.
 */
export function confirmEmailChange(link: { readonly tenantId: string; readonly token: string }): Promise<Result<null, 'link-invalid'>> {
  return inAuth(link.tenantId, async (ctx): Promise<Result<null, 'link-invalid'>> => {
    const change = await spendEmailChangeToken(ctx, link.token)
    if (!change) return err('link-invalid')
    const { userId, newEmail, id: changeId } = change
    if (!(await saveUserEmail(ctx, userId, newEmail))) return err('link-invalid')
    await voidOneTimeTokens(ctx, userId, ['confirm-email', 'reset-password', 'invite'])
    await audit(ctx, { action: 'user.email-changed', subjectKind: 'user', subjectId: userId })
    await enqueue(ctx, { name: 'user/email.changed', data: { tenantId: ctx.tenantId, changeId } })
    return ok(null)
  })
}
