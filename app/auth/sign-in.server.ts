import { inAuth } from '#app/db/context.server.ts'
import { findUserByEmail, normalEmail, savePasswordHash, type UserRow } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { clearAttempts, giveBackAttempt, takeAttempt } from './attempt-limits.server.ts'
import { startSession } from './open-sessions.server.ts'
import { hashPassword, isOutdatedHash, isPassword } from './password.server.ts'
import { secondStepFor } from './second-step.server.ts'
import type { Store } from './session-for.server.ts'
import { note } from './trace.server.ts'

export type SignInInput = Store & {
  readonly email: string
  readonly password: string
  /** The network address of the browser, as the proxy in front vouches for it. */
  readonly address: string
  readonly userAgent: string | null
}
export type SignInError = 'wrong-credentials' | 'too-many-attempts'
/** The session of who is signed in, or what waits for the second step; then there is no session yet. */
export type SignInValue =
  | { readonly kind: 'signed-in'; readonly token: string; readonly userId: string }
  | { readonly kind: 'second-step'; readonly step: string }

/**
 * Signs a person in at one store under a new token. An unknown address, a wrong password, a disabled person and one who has
 * not set a password yet get the same answer after the same work. Ten attempts per person and a quarter of an hour. Who has a second
 * factor is signed in by the second step.
 */
export async function signIn(input: SignInInput): Promise<Result<SignInValue, SignInError>> {
  const person = `${input.tenantId} ${normalEmail(input.email)}`
  const address = `${input.tenantId} ${input.address}`
  if (!takeAttempt('address', address) || !takeAttempt('person', person)) return err('too-many-attempts')

  const user = await inAuth(input.tenantId, (ctx) => findUserByEmail(ctx, input.email))
  const isRight = await isPassword(input.password, user?.passwordHash)
  if (!isRight || !user || user.disabledAt) return err('wrong-credentials')

  forgetTries(input)
  await rehash(input, user)
  const step = await secondStepFor({ ...input, userId: user.id })
  if (step) return ok({ kind: 'second-step', step })
  const token = await startSession({ ...input, userId: user.id, isStrong: false })
  await note(input.tenantId, 'user.signed-in', user.id)
  return ok({ kind: 'signed-in', token, userId: user.id })
}

/** Gives back the tries of who was let in by a directory: the password was right there. */
export function forgetTries({ tenantId, email, address }: Pick<SignInInput, 'tenantId' | 'email' | 'address'>): void {
  clearAttempts('person', `${tenantId} ${normalEmail(email)}`)
  giveBackAttempt('address', `${tenantId} ${address}`)
}

async function rehash(input: SignInInput, user: UserRow): Promise<void> {
  if (!user.passwordHash || !isOutdatedHash(user.passwordHash)) return
  const passwordHash = await hashPassword(input.password)
  await inAuth(input.tenantId, (ctx) => savePasswordHash(ctx, user.id, passwordHash))
}
