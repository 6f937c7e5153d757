import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import { formCookie, readCookie } from './cookies.server.ts'

/** What goes into forms, and the cookie to set when the browser has none yet. */
export type FormTokenIssue = { token: string; setCookie?: string }

/** The token of this browser at this tenant: a keyed hash of its cookie, so that one cannot be made from the other. */
export async function issueFormToken(request: Request, tenantId: string): Promise<FormTokenIssue> {
  const cookie = formCookie(request)
  const known = await readCookie(cookie, request)
  if (known) return { token: tokenOf(known, tenantId) }
  const fresh = randomBytes(16).toString('base64url')
  return { token: tokenOf(fresh, tenantId), setCookie: await cookie.serialize(fresh) }
}

/** Whether `token` belongs to the cookie the request carries. */
export async function isFormTokenValid(request: Request, tenantId: string, token: unknown): Promise<boolean> {
  const known = await readCookie(formCookie(request), request)
  if (!known || typeof token !== 'string') return false
  const expected = Buffer.from(tokenOf(known, tenantId))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function tokenOf(cookieValue: string, tenantId: string): string {
  return createHmac('sha256', appSecret()).update(`form:${tenantId}:${cookieValue}`).digest('base64url')
}
