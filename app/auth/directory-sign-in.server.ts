import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import { inAuth } from '#app/db/context.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { secondStepNeeds } from '#app/db/people/second-factors.server.ts'
import { type DirectoryOrigin, findStep, openStep, takeSignInStep } from '#app/db/people/sign-in-steps.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'
import { limitOf, takeCode } from './authenticator.server.ts'
import { startSession } from './open-sessions.server.ts'
import { isPassword } from './password.server.ts'
import { secondStepFor } from './second-step.server.ts'
import type { Store } from './session-for.server.ts'
import type { SignInValue } from './sign-in.server.ts'
import { newToken } from './tokens.server.ts'
import { note } from './trace.server.ts'

/** What a directory calls a sign-in there, for signing out on both sides. */
export type DirectorySession = {
  readonly providerId: string
  readonly providerSession: string | null
  /** What the directory wants to be shown at the sign-out, such as the token of the sign-in. */
  readonly logoutHint: string | null
}

export type DirectorySessionStart = Store & {
  readonly userId: string
  readonly userAgent: string | null
  readonly identityId: string
  readonly countsAsSecondFactor: boolean
  readonly from: DirectorySession
}

/** Opens the session of a person whom a directory vouches for, or the second step where the seller wants one all the same. */
export async function openDirectorySession(start: DirectorySessionStart): Promise<SignInValue> {
  const { tenantId, userId, identityId, countsAsSecondFactor, from } = start
  const origin: DirectoryOrigin = { identityId, providerSession: from.providerSession, logoutHint: sealHint(from) }
  const step = countsAsSecondFactor ? null : await secondStepFor({ ...start, origin })
  if (step) return { kind: 'second-step', step }
  const token = await startSession({ ...start, isStrong: countsAsSecondFactor, origin })
  await note(tenantId, 'user.signed-in', userId)
  return { kind: 'signed-in', token, userId }
}

/** What a directory said of a person who still has to show the password of the sign-in that has the address. */
export type WaitingLink<Person> = { readonly person: Person; readonly from: DirectorySession }
type LinkStep = Store & { readonly step: string }

/** Keeps what a directory said until the person with the address has shown the password; the value is the token of the step. */
export async function openLinkStep<Person extends object>(
  { tenantId, host, userId }: Store & { readonly userId: string },
  { person, from }: WaitingLink<Person>,
): Promise<string> {
  const token = newToken()
  const origin = { person, from: { ...from, logoutHint: sealHint(from) } }
  await inAuth(tenantId, (ctx) => openStep(ctx, { token, purpose: 'link-identity', host, userId, challenge: null, origin }))
  return token
}

/** Whose password a link waits for, and whether a code is needed as well; null once it is over. */
export async function waitingLink({ tenantId, host, step }: LinkStep): Promise<{ email: string; takesCode: boolean } | null> {
  return inAuth(tenantId, async (ctx) => {
    const found = await findStep(ctx, { token: step, purpose: 'link-identity', host })
    const user = found?.userId ? await findUser(ctx, found.userId) : null
    if (!user || user.disabledAt) return null
    return { email: user.email, takesCode: (await secondStepNeeds(ctx, user.id, host)).hasApp }
  })
}

export type ProveLinkError = 'step-over' | 'wrong-credentials' | 'wrong-code' | 'too-many-attempts'
export type ProvenLink<Person> = WaitingLink<Person> & { readonly userId: string }

/**
 * Proves who wants to be linked: the password, and a code of who has an app, for afterwards the directory opens sessions without them. Ten
 * tries a person and a quarter of an hour. The step ends with the proof.
 */
export async function proveLink<Person extends object>(
  input: LinkStep & { readonly password: string; readonly code: string },
): Promise<Result<ProvenLink<Person>, ProveLinkError>> {
  const { tenantId, host, step } = input
  const query = { token: step, purpose: 'link-identity', host } as const
  const waiting = await inAuth(tenantId, async (ctx) => {
    const found = await findStep(ctx, query)
    const user = found?.userId ? await findUser(ctx, found.userId) : null
    return user && { user, needs: await secondStepNeeds(ctx, user.id, host) }
  })
  if (!waiting || waiting.user.disabledAt) return err('step-over')
  const { user, needs } = waiting
  const limit = limitOf({ tenantId, userId: user.id })
  if (!takeAttempt('person', limit)) return err('too-many-attempts')
  if (!(await isPassword(input.password, user.passwordHash))) return err('wrong-credentials')

  const taken = await inAuth(tenantId, async (ctx): Promise<Result<object, ProveLinkError>> => {
    if (needs.hasApp && !(await takeCode(ctx, user.id, input.code))) return err('wrong-code')
    const { origin } = (await takeSignInStep(ctx, query)) ?? {}
    return origin ? ok(origin) : err('step-over')
  })
  if (!taken.ok) return taken
  clearAttempts('person', limit)
  const { person, from } = taken.value as WaitingLink<Person>
  return ok({ person, from: { ...from, logoutHint: openHint(from) }, userId: user.id })
}

/** The hint as it was before it was sealed; null without one, and for one whose key is gone. */
export function openHint({ providerId, logoutHint }: Pick<DirectorySession, 'providerId' | 'logoutHint'>): string | null {
  if (!logoutHint) return null
  try {
    return openSecret(Buffer.from(logoutHint, 'base64'), hintRow(providerId))
  } catch {
    // Hints are not sealed anew when keys are replaced: the directory then asks the person, which is all that a hint saves.
    return null
  }
}

function sealHint({ providerId, logoutHint }: DirectorySession): string | null {
  return logoutHint && Buffer.from(sealSecret(logoutHint, hintRow(providerId)).ciphertext).toString('base64')
}

function hintRow(providerId: string): string {
  return `sign-on-hints/${providerId}`
}
