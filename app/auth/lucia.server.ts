import { Lucia, TimeSpan } from 'lucia'
import { type SessionAttributes, sessionAdapter, type UserAttributes } from './session-adapter.server.ts'

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

const instances = new Map<string, ReturnType<typeof makeLucia>>()

/** The session keeper of one tenant. It reaches that tenant's rows only, so a token of another store finds nothing here. */
export function luciaOf(tenantId: string, isSecure = true): ReturnType<typeof makeLucia> {
  const key = `${tenantId} ${isSecure}`
  const known = instances.get(key)
  if (known) return known
  const made = makeLucia(tenantId, isSecure)
  instances.set(key, made)
  return made
}

// A session lives 30 days past its last use. The cookie outlives it: the row decides, not the browser.
function makeLucia(tenantId: string, isSecure: boolean) {
  return new Lucia(sessionAdapter(tenantId), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: isSecure ? '__Host-livery' : 'livery',
      expires: false,
      // No domain: the browser gives the cookie back to this one host and to none below it.
      attributes: { secure: isSecure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: ({ host, userAgent, isStrong, externalIdentityId, createdAt, lastUsedAt }) => ({
      host,
      userAgent,
      isStrong,
      externalIdentityId,
      createdAt,
      lastUsedAt,
    }),
    getUserAttributes: ({ email, name, language, timeZone, picture, isEmailConfirmed, isDisabled }) => ({
      email,
      name,
      language,
      timeZone,
      picture,
      isEmailConfirmed,
      isDisabled,
    }),
  })
}
