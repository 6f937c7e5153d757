import { audit } from '#app/db/audit.server.ts'
import { directoryOfSession, endSessionsOf } from '#app/db/people/external-identities.server.ts'
import { openSignOnAttempt, takeSignOnAttempt } from '#app/db/people/sign-on-attempts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { SignOnMessage } from '#app/ports/sign-on.ts'
import { activeProvider, type Journey, orFailure, type SignOnError } from './sign-on.server.ts'
import { openDirectory, type SignOnProcess } from './sign-on-ports.ts'

export type LeavingSession = Omit<Journey, 'providerId'> & { readonly sessionId: string }

/**
 * Notes where somebody who signs out here has to sign out as well; null for a session that comes from no directory, or from one without
 * pages. Call it before the session ends.
 */
export async function noteLeaving(
  process: SignOnProcess,
  { sessionId, ...journey }: LeavingSession,
): Promise<{ providerId: string } | null> {
  const session = await process.inTenant((ctx) => directoryOfSession(ctx, sessionId))
  const provider = session && (await activeProvider(process, session.providerId))
  if (!session || !provider) return null
  const { subject, providerSession, providerId } = session
  const logoutHint = session.logoutHint && Buffer.from(session.logoutHint).toString('base64')
  const person = { email: null, isEmailVerified: null, name: null, groups: [], session: providerSession }
  const nothing = { returnTo: '/', requestId: null, nonce: null, verifier: null }
  const answer = { subject, logoutHint, ...person }
  await process.inTenant((ctx) => openSignOnAttempt(ctx, { ...journey, providerId, purpose: 'sign-out', ...nothing, answer }))
  return { providerId }
}

/** Where the browser that signed out here goes on to, and the name of the directory; null when there is nowhere to go. Told once. */
export async function leavingAddress(
  process: SignOnProcess,
  { openHint, ...journey }: Journey & { openHint(sealed: { providerId: string; logoutHint: string | null }): string | null },
): Promise<{ readonly url: string; readonly name: string } | null> {
  const attempt = await process.inTenant((ctx) => takeSignOnAttempt(ctx, { ...journey, purpose: 'sign-out' }))
  const provider = attempt?.answer ? await activeProvider(process, journey.providerId) : null
  if (!attempt?.answer || !provider) return null
  const { subject, session } = attempt.answer
  const logoutHint = openHint({ providerId: provider.id, logoutHint: attempt.answer.logoutHint })
  const left = await orFailure(openDirectory(process, provider, journey.host).leave({ subject, session, logoutHint }, journey.word))
  return left.ok && left.value && /^https?:/.test(left.value) ? { url: left.value, name: provider.name } : null
}

export type ProviderLogout = { readonly providerId: string; readonly host: string; readonly message: SignOnMessage }

/** Ends the sessions of who signed out at a directory, by its proven word. Safe to repeat. `answerUrl` is where a browser goes on to. */
export async function takeProviderLogout(
  process: SignOnProcess,
  { providerId, host, message }: ProviderLogout,
): Promise<Result<{ readonly answerUrl: string | null }, SignOnError>> {
  const provider = await activeProvider(process, providerId)
  if (!provider) return err('provider-off')
  const asked = await orFailure(openDirectory(process, provider, host).readLogout(message))
  if (!asked.ok) return asked
  const { subject, session, answerUrl } = asked.value
  if (subject === null && session === null) return err('not-proven')
  await process.inTenant(async (ctx) => {
    const whose = { ...(subject === null ? {} : { subject }), ...(session === null ? {} : { providerSession: session }) }
    const sessions = await endSessionsOf(ctx, { providerId, ...whose })
    if (sessions > 0)
      await audit(ctx, { action: 'sign-on.logout', subjectKind: 'identity-provider', subjectId: providerId, detail: { sessions } })
  })
  return ok({ answerUrl })
}
