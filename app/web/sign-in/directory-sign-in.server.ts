import { redirect, type TypedResponse } from '@remix-run/node'
import { sessionCookie } from '#app/auth/cookie.server.ts'
import {
  type DirectorySession,
  type DirectorySessionStart,
  openDirectorySession,
  openLinkStep,
  type ProveLinkError,
  proveLink,
  waitingLink,
} from '#app/auth/directory-sign-in.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type DirectoryPerson, type DirectoryRefusal, signInFromDirectory } from '#app/services/access/sign-in-from-directory.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { linkCookie, readCookie, stepCookie } from '../request/cookies.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { safePath } from '../request/redirects.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** What a directory said: the person, and its own names of the sign-in for signing out. */
export type DirectoryAnswer = {
  readonly person: DirectoryPerson
  readonly providerSession: string | null
  readonly logoutHint: string | null
}

/** Lets in whom a directory vouches for, and leads on: to the page wanted, to the second step, to the proof of an address, or back with the reason. */
export async function enterFromDirectory(request: Request, answer: DirectoryAnswer, returnTo: string): Promise<TypedResponse<never>> {
  const { person, providerSession, logoutHint } = answer
  const from = { providerId: person.providerId, providerSession, logoutHint }
  return enter(request, { person, from }, returnTo)
}

/** Whose password the browser's name at a directory waits for; null when none waits. */
export async function linkHere(request: Request): Promise<{ email: string; takesCode: boolean } | null> {
  const { tenantId, host } = await tenantOf(request)
  const step = await readCookie(linkCookie(request), request)
  return step ? waitingLink({ tenantId, host, step }) : null
}

/** Ties a name at a directory to the person who shows the password, and lets them in. */
export async function takeLinkHere(
  request: Request,
  proof: { readonly password: string; readonly code: string; readonly returnTo: string },
): Promise<Result<TypedResponse<never>, ProveLinkError>> {
  const { tenantId, host } = await tenantOf(request)
  const step = await readCookie(linkCookie(request), request)
  if (!step) return err('step-over')
  const proven = await proveLink<DirectoryPerson>({ tenantId, host, step, password: proof.password, code: proof.code })
  if (!proven.ok) return proven
  const { person, from, userId } = proven.value
  const response = await enter(request, { person, from, provenUserId: userId }, proof.returnTo)
  response.headers.append('Set-Cookie', await linkCookie(request).serialize('', { maxAge: 0 }))
  return { ok: true, value: response }
}

type Entering = { readonly person: DirectoryPerson; readonly from: DirectorySession; readonly provenUserId?: string }

async function enter(request: Request, { person, from, provenUserId }: Entering, returnTo: string): Promise<TypedResponse<never>> {
  const tenant = await tenantOf(request)
  const { tenantId, host } = tenant
  const language = await languageOf(request, tenant)
  const input = { ...person, language, ...(provenUserId ? { provenUserId } : {}) }
  const found = await inTenant(tenantId, (ctx) => signInFromDirectory(ctx, input))
  if (found.kind === 'refused') return refusedBy(found.reason)
  const query = `?returnTo=${encodeURIComponent(returnTo)}`
  if (found.kind === 'prove') {
    const step = await openLinkStep({ tenantId, host, userId: found.userId }, { person, from })
    return redirect(`/sign-in/connect${query}`, { headers: { 'Set-Cookie': await linkCookie(request).serialize(step) } })
  }
  const { userId, identityId, countsAsSecondFactor } = found
  const userAgent = request.headers.get('user-agent')
  const start: DirectorySessionStart = { tenantId, host, userId, identityId, countsAsSecondFactor, from, userAgent }
  const opened = await openDirectorySession(start)
  if (opened.kind === 'second-step')
    return redirect(`/sign-in/second-step${query}`, { headers: { 'Set-Cookie': await stepCookie(request).serialize(opened.step) } })
  return redirect(safePath(returnTo, '/sign-in'), { headers: { 'Set-Cookie': sessionCookie(request, opened.token) } })
}

/** Back to the sign-in. What exactly stood in the way is in the seller's trace; a stranger learns only whether to ask somebody. */
function refusedBy(reason: DirectoryRefusal): TypedResponse<never> {
  const isAddress = reason === 'email-missing' || reason === 'email-not-proven'
  if (reason === 'provider-off') return redirect('/sign-in?state=directory-unavailable')
  return redirect(`/sign-in?state=${isAddress ? 'email-needed' : 'not-admitted'}`)
}
