import { type ChangePasswordError, changePassword } from '#app/auth/change-password.server.ts'
import { type OpenSession, sessionsOf } from '#app/auth/open-sessions.server.ts'
import { endSession, signOutEverywhere } from '#app/auth/sign-out.server.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { refuse } from './refuse.server.ts'
import { type Session, sessionOf } from './session.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Where the reader is signed in, the newest first. */
export async function ownSessions(request: Request): Promise<OpenSession[]> {
  return sessionsOf(await self(request))
}

/** Ends one of the reader's own sign-ins. */
export async function endOwnSession(request: Request, sessionId: string): Promise<void> {
  const { tenantId, userId } = await self(request)
  await endSession({ tenantId, userId, sessionId })
}

/** Ends all of the reader's sign-ins in this store, the present one included. */
export async function endAllOwnSessions(request: Request): Promise<void> {
  await signOutEverywhere(await self(request))
}

/** Changes the reader's password; all other sign-ins end. */
export async function changeOwnPassword(
  request: Request,
  passwords: { currentPassword: string; newPassword: string },
): Promise<Result<null, ChangePasswordError>> {
  return changePassword({ ...(await self(request)), ...passwords })
}

async function self(request: Request): Promise<{ tenantId: string; userId: string; sessionId: string }> {
  const { tenantId } = await tenantOf(request)
  const session: Session | null = await sessionOf(request)
  if (!session) throw refuse(403, 'not-signed-in')
  return { tenantId, userId: session.user.id, sessionId: session.sessionId }
}
