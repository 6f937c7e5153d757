import { luciaOf } from './lucia.server.ts'

// The name and attributes of the cookie do not depend on the tenant.
const nobody = '00000000-0000-0000-0000-000000000000'

/** The session token a request carries; undefined without one. On https only the `__Host-` cookie counts. */
export function tokenOf(request: Request): string | undefined {
  return luciaOf(nobody, isSecure(request)).readSessionCookie(request.headers.get('cookie') ?? '') ?? undefined
}

/** The `Set-Cookie` value that signs the browser in on this host: HttpOnly, SameSite=Lax, without a domain. */
export function sessionCookie(request: Request, token: string): string {
  return luciaOf(nobody, isSecure(request)).createSessionCookie(token).serialize()
}

/** The `Set-Cookie` value that makes the browser forget the session. */
export function blankSessionCookie(request: Request): string {
  return luciaOf(nobody, isSecure(request)).createBlankSessionCookie().serialize()
}

function isSecure(request: Request): boolean {
  return new URL(request.url).protocol === 'https:'
}
