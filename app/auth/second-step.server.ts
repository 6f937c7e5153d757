import { inAuth } from '#app/db/context.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { secondStepNeeds } from '#app/db/people/second-factors.server.ts'
import { type DirectoryOrigin, findStep, openStep, takeSignInStep } from '#app/db/people/sign-in-steps.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'
import { limitOf, takeCode } from './authenticator.server.ts'
import { startSession } from './open-sessions.server.ts'
import type { Store } from './session-for.server.ts'
import { newToken } from './tokens.server.ts'
import { note } from './trace.server.ts'

/**
 * Opens the second step of a sign-in whose password was right, and returns its token; null when the person needs none: there is no app,
 * and no passkey where the seller requires a second factor of its staff.
 */
export async function secondStepFor({
  tenantId,
  host,
  userId,
  origin = null,
}: Store & { readonly userId: string; readonly origin?: DirectoryOrigin | null }): Promise<string | null> {
  return inAuth(tenantId, async (ctx) => {
    const { hasApp, hasPasskeyHere, isRequired } = await secondStepNeeds(ctx, userId, host)
    if (!hasApp && !(isRequired && hasPasskeyHere)) return null
    const token = newToken()
    await openStep(ctx, { token, purpose: 'second-step', host, userId, challenge: null, origin })
    return token
  })
}

/** Whether a second step still waits, and whether a code can answer it. */
export async function waitingStep({ tenantId, host, step }: Store & { readonly step: string }): Promise<{ takesCodes: boolean } | null> {
  return inAuth(tenantId, async (ctx) => {
    const found = await findStep(ctx, { token: step, purpose: 'second-step', host })
    if (!found?.userId) return null
    return { takesCodes: (await secondStepNeeds(ctx, found.userId, host)).hasApp }
  })
}

export type TakeSecondStepInput = Store & { readonly step: string; readonly code: string; readonly userAgent: string | null }
export type TakeSecondStepError = 'step-over' | 'wrong-code' | 'too-many-attempts'

/**
 * Ends a sign-in with a code of the app or a recovery code, each of which counts once; only now there is a session. Ten codes per person
 * and a quarter of an hour, however often the password is given anew.
 */
export async function takeSecondStep(input: TakeSecondStepInput): Promise<Result<{ token: string; userId: string }, TakeSecondStepError>> {
  const { tenantId, host, step, code } = input
  const query = { token: step, purpose: 'second-step', host } as const
  const waiting = await inAuth(tenantId, (ctx) => findStep(ctx, query))
  const userId = waiting?.userId
  if (!userId) return err('step-over')
  const limit = limitOf({ tenantId, userId })
  if (!takeAttempt('person', limit)) return err('too-many-attempts')

  const taken = await inAuth(tenantId, async (ctx): Promise<Result<DirectoryOrigin | null, TakeSecondStepError>> => {
    const user = await findUser(ctx, userId)
    if (!user || user.disabledAt) return err('step-over')
    if (!(await takeCode(ctx, userId, code))) return err('wrong-code')
    const step = await takeSignInStep(ctx, query)
    return step ? ok((step.origin ?? null) as DirectoryOrigin | null) : err('step-over')
  })
  if (!taken.ok) return taken
  clearAttempts('person', limit)
  const token = await startSession({ ...input, userId, isStrong: true, origin: taken.value })
  await note(tenantId, 'user.signed-in', userId)
  return ok({ token, userId })
}
