import { hashPassword } from '#app/auth/password.server.ts'
import { type PasswordProblem, passwordProblem } from '#app/auth/password-rules.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import {
  type AcceptInvitationError,
  acceptInvitation,
  type OpenInvitation,
  peekInvitation,
} from '#app/services/access/accept-invitation.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { sessionOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

export type JoinPage = OpenInvitation & { readonly signedInAs: string | null }

/** What the page of a mailed invitation shows; null when the link works no more. */
export async function invitationHere(request: Request, token: string): Promise<JoinPage | null> {
  const { tenantId } = await tenantOf(request)
  if (!looksRight(token)) return null
  const invitation = await inTenant(tenantId, (ctx) => peekInvitation(ctx, token))
  const session = await sessionOf(request)
  return invitation && { ...invitation, signedInAs: session?.user.email ?? null }
}

/** Joins the account, or the house, of an invitation, with a first password where the address has no sign-in yet. */
export async function joinHere(
  request: Request,
  { token, newPassword }: { readonly token: string; readonly newPassword?: string | undefined },
): Promise<Result<{ readonly accountId: string | null }, AcceptInvitationError | PasswordProblem>> {
  const { tenantId } = await tenantOf(request)
  const invitation = await invitationHere(request, token)
  if (!invitation) return err('link-invalid')
  const problem = newPassword ? passwordProblem(newPassword, invitation.email) : null
  if (problem) return err(problem)
  const session = await sessionOf(request)
  const given = { token, signedInAs: session?.user.id ?? null }
  const input = newPassword ? { ...given, passwordHash: await hashPassword(newPassword) } : given
  return inTenant(tenantId, (ctx) => acceptInvitation(ctx, input))
}

function looksRight(token: string): boolean {
  return /^[\w-]{20,100}$/.test(token)
}
