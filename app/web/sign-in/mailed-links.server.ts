import { confirmEmailChange } from '#app/auth/change-email.server.ts'
import {
  acceptInvite,
  confirmEmail,
  isLinkGood,
  requestConfirmation,
  requestReset,
  resetPassword,
  type SetPasswordError,
} from '#app/auth/mailed-links.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { sessionOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

export type LinkPurpose = 'reset-password' | 'invite'

/** Confirms the address a link was mailed to, at the store the request is for. */
export async function confirmHere(request: Request, token: string): Promise<Result<{ userId: string }, 'link-invalid'>> {
  const { tenantId } = await tenantOf(request)
  return looksRight(token) ? confirmEmail({ tenantId, token }) : err('link-invalid')
}

/** Gives a person the address a link was mailed to, at the store the request is for. */
export async function confirmEmailChangeHere(request: Request, token: string): Promise<Result<null, 'link-invalid'>> {
  const { tenantId } = await tenantOf(request)
  return looksRight(token) ? confirmEmailChange({ tenantId, token }) : err('link-invalid')
}

/** Has a link to set a new password mailed, if the store knows the address; says nothing either way. */
export async function requestResetHere(request: Request, email: string): Promise<void> {
  const { tenantId } = await tenantOf(request)
  await requestReset({ tenantId, email })
}

/** Has the confirmation mail sent once more to the person who is signed in. */
export async function requestConfirmationHere(request: Request): Promise<void> {
  const { tenantId } = await tenantOf(request)
  const session = await sessionOf(request)
  if (session) await requestConfirmation({ tenantId, userId: session.user.id })
}

/** Whether a link to set a password can still be used. */
export async function isLinkGoodHere(request: Request, token: string, purpose: LinkPurpose): Promise<boolean> {
  const { tenantId } = await tenantOf(request)
  return looksRight(token) && isLinkGood({ tenantId, token, purpose })
}

type SetPassword = { readonly token: string; readonly newPassword: string; readonly purpose: LinkPurpose }

/** Sets a password by a mailed link: a forgotten one, or the first of somebody invited. */
export async function setPasswordHere(
  request: Request,
  { purpose, ...input }: SetPassword,
): Promise<Result<{ userId: string }, SetPasswordError>> {
  const { tenantId } = await tenantOf(request)
  if (!looksRight(input.token)) return err('link-invalid')
  return purpose === 'invite' ? acceptInvite({ tenantId, ...input }) : resetPassword({ tenantId, ...input })
}

function looksRight(token: string): boolean {
  return /^[\w-]{20,100}$/.test(token)
}
