import { clock } from '#app/config/clock.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import type { DirectoryOrigin } from '#app/db/people/sign-in-steps.server.ts'
import { luciaOf } from './lucia.server.ts'
import type { Store } from './session-for.server.ts'
import { newToken } from './tokens.server.ts'

export type SessionStart = Store & {
  readonly userId: string
  readonly userAgent: string | null
  /** Whether a second factor or a passkey was shown. */
  readonly isStrong: boolean
  /** The sign-in at a directory that it comes from. */
  readonly origin?: DirectoryOrigin | null
}

/** Opens a session for `userId` at this host under a token never used before, and returns the token: its only copy is the cookie. */
export async function startSession(start: SessionStart): Promise<string> {
  const token = newToken()
  const { host, isStrong } = start
  const attributes = {
    host,
    isStrong,
    createdAt: clock.now(),
    lastUsedAt: null,
    userAgent: start.userAgent?.slice(0, 300) ?? null,
    externalIdentityId: start.origin?.identityId ?? null,
    providerSession: start.origin?.providerSession ?? null,
    logoutHint: start.origin?.logoutHint ? new Uint8Array(Buffer.from(start.origin.logoutHint, 'base64')) : null,
  }
  await luciaOf(start.tenantId).createSession(start.userId, attributes, { sessionId: hashOfToken(token) })
  return token
}

export type OpenSession = {
  readonly id: string
  readonly host: string
  readonly userAgent: string | null
  readonly createdAt: Date
  /** To within some minutes. */
  readonly lastUsedAt: Date
  readonly isThisOne: boolean
}

/** Where the person is signed in, the newest first. */
export async function sessionsOf(person: {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
}): Promise<OpenSession[]> {
  const sessions = await luciaOf(person.tenantId).getUserSessions(person.userId)
  return sessions.map(({ id, host, userAgent, createdAt, lastUsedAt }) => ({
    id,
    host,
    userAgent,
    createdAt,
    lastUsedAt: lastUsedAt ?? createdAt,
    isThisOne: id === person.sessionId,
  }))
}
