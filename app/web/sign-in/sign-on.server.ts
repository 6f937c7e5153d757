import { redirect } from '@remix-run/node'
import { blankSessionCookie, tokenOf } from '#app/auth/cookie.server.ts'
import { openHint } from '#app/auth/directory-sign-in.server.ts'
import { signOut } from '#app/auth/sign-out.server.ts'
import { looksLikeToken, newToken } from '#app/auth/tokens.server.ts'
import { beginSignOn, finishSignOn, type SignOnError, takePostedAnswer } from '#app/services/sign-on/sign-on.server.ts'
import type { SignOnProcess } from '#app/services/sign-on/sign-on-ports.ts'
import { leavingAddress, noteLeaving, takeProviderLogout } from '#app/services/sign-on/sign-out.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { signOnPorts } from '#app/wiring.server.ts'
import { bodyWithin } from '../request/body-within.server.ts'
import { readCookie, signOnCookie } from '../request/cookies.server.ts'
import { isUuid } from '../request/form-fields.ts'
import { safePath } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { sessionOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { enterFromDirectory } from './directory-sign-in.server.ts'

/** What a directory sends is far smaller. */
const largestMessage = 600_000

type Directory = { readonly process: SignOnProcess; readonly providerId: string; readonly host: string }

async function directoryAt(request: Request, providerId: string | undefined): Promise<Directory> {
  const id = orNotFound(isUuid(providerId) ? providerId : null)
  const { tenantId, host } = await tenantOf(request)
  return { process: processOf(tenantId, signOnPorts()), providerId: id, host }
}

/** Leads a visitor to a directory. */
export async function startSignOn(request: Request, id: string | undefined): Promise<Response> {
  const { process, ...at } = await directoryAt(request, id)
  const returnTo = safePath(new URL(request.url).searchParams.get('returnTo'), '/sign-in')
  const known = await readCookie(signOnCookie(request), request)
  const browser = known && looksLikeToken(known) ? known : newToken()
  const begun = await beginSignOn(process, { ...at, browser, returnTo, word: newToken() })
  if (!begun.ok) return failed(begun.error)
  return redirect(begun.value.url, {
    headers: { 'Set-Cookie': await signOnCookie(request).serialize(browser), 'Cache-Control': 'no-store' },
  })
}

/** Takes a browser in that comes back from a directory. */
export async function returnFromDirectory(request: Request, id: string | undefined): Promise<Response> {
  const { process, ...at } = await directoryAt(request, id)
  const word = new URL(request.url).searchParams.get('state') ?? ''
  const browser = (await readCookie(signOnCookie(request), request)) ?? ''
  if (!looksLikeToken(word) || !looksLikeToken(browser)) return failed('attempt-over')
  const finished = await finishSignOn(process, { ...at, word, browser, message: { url: request.url, fields: {} } })
  if (!finished.ok) return failed(finished.error)
  const { facts, returnTo } = finished.value
  const { session: providerSession, logoutHint, ...person } = facts
  return enterFromDirectory(request, { person: { providerId: at.providerId, ...person }, providerSession, logoutHint }, returnTo)
}

/** Takes what a directory posts through the browser, and leads the browser on as one that carries its cookies. */
export async function takePosted(request: Request, id: string | undefined): Promise<Response> {
  const { process, ...at } = await directoryAt(request, id)
  const fields = await fieldsOf(request)
  const word = fields.RelayState ?? ''
  if (!looksLikeToken(word)) return failed('attempt-over')
  const taken = await takePostedAnswer(process, { ...at, word, message: { url: request.url, fields } })
  if (!taken.ok) return failed(taken.error)
  return redirect(`/sign-on/${at.providerId}/return?state=${word}`, 303)
}

/** Ends the sessions of who signed out at a directory. A browser goes on to where the directory wants it, a server gets a bare answer. */
export async function takeLogout(request: Request, id: string | undefined): Promise<Response> {
  const { process, ...at } = await directoryAt(request, id)
  const fields = request.method === 'POST' ? await fieldsOf(request) : {}
  const isAnswer = fields.SAMLResponse !== undefined || new URL(request.url).searchParams.has('SAMLResponse')
  // The directory has signed out whom we sent there: here nothing is left to do.
  if (isAnswer) return redirect('/signed-out', 303)
  const taken = await takeProviderLogout(process, { ...at, message: { url: request.url, fields } })
  const headers = { 'Cache-Control': 'no-store' }
  if (!taken.ok) return Response.json({ error: 'invalid_request' }, { status: 400, headers })
  const { answerUrl } = taken.value
  return answerUrl && /^https?:/.test(answerUrl)
    ? redirect(answerUrl, { status: 303, headers })
    : new Response(null, { status: 200, headers })
}

/** Ends the session the request carries, and leads to a page of ours that goes on to the directory it came from, where there is one. */
export async function leaveHere(request: Request): Promise<Response> {
  const { tenantId, host } = await tenantOf(request)
  const token = tokenOf(request)
  const session = await sessionOf(request)
  const browser = newToken()
  const word = newToken()
  const process = processOf(tenantId, signOnPorts())
  const leaving = session && (await noteLeaving(process, { sessionId: session.sessionId, host, word, browser }))
  if (token) await signOut({ tenantId, token })
  const headers = new Headers([['Set-Cookie', blankSessionCookie(request)]])
  if (!leaving) return redirect('/', { headers })
  headers.append('Set-Cookie', await signOnCookie(request).serialize(browser))
  return redirect(`/signed-out?from=${leaving.providerId}&state=${word}`, { headers })
}

/** Where the browser that signed out here goes on to; null when that is all. */
export async function onwardFromHere(request: Request): Promise<{ readonly url: string; readonly name: string } | null> {
  const { searchParams } = new URL(request.url)
  const [providerId, word] = [searchParams.get('from') ?? '', searchParams.get('state') ?? '']
  const browser = (await readCookie(signOnCookie(request), request)) ?? ''
  if (!isUuid(providerId) || !looksLikeToken(word) || !looksLikeToken(browser)) return null
  const { process, host } = await directoryAt(request, providerId)
  return leavingAddress(process, { providerId, host, word, browser, openHint })
}

async function fieldsOf(request: Request): Promise<Record<string, string>> {
  const body = (await bodyWithin(request, largestMessage)).toString('utf8')
  return Object.fromEntries(new URLSearchParams(body))
}

/** Back to the sign-in, which says why in the words of a person: what exactly was wrong with a message is nobody's to know. */
function failed(error: SignOnError): Response {
  const states: Partial<Record<SignOnError, string>> = { refused: 'sign-on-cancelled', 'attempt-over': 'step-over' }
  return redirect(`/sign-in?state=${states[error] ?? 'directory-unavailable'}`, 303)
}
