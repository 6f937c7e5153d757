import { findIdentityProvider, type IdentityProviderRow } from '#app/db/people/identity-providers.server.ts'
import {
  type AttemptQuery,
  findSignOnAttempt,
  keepSignOnAnswer,
  openSignOnAttempt,
  takeSignOnAttempt,
} from '#app/db/people/sign-on-attempts.server.ts'
import type { SignedOnFacts } from '#app/domain/people/signed-on.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { SignOnFailed, type SignOnFailure, type SignOnMessage } from '#app/ports/sign-on.ts'
import { openDirectory, type SignOnProcess } from './sign-on-ports.ts'

/** A browser at a store, and the word that goes with it to the directory and back. */
export type Journey = { readonly providerId: string; readonly host: string; readonly word: string; readonly browser: string }
/** `attempt-over`: nobody waits for this answer, it came before, or another browser began. */
export type SignOnError = SignOnFailure | 'provider-off' | 'attempt-over'

/** Begins a sign-in at a directory that is in use; the value is where the browser goes. */
export async function beginSignOn(
  process: SignOnProcess,
  { returnTo, ...journey }: Journey & { readonly returnTo: string },
): Promise<Result<{ readonly url: string }, SignOnError>> {
  const provider = await activeProvider(process, journey.providerId)
  if (!provider) return err('provider-off')
  const begun = await orFailure(openDirectory(process, provider, journey.host).begin(journey.word))
  if (!begun.ok) return begun
  const { url, ...waiting } = begun.value
  await process.inTenant((ctx) => openSignOnAttempt(ctx, { ...journey, purpose: 'sign-in', returnTo, ...waiting }))
  return ok({ url })
}

export type FinishedSignOn = { readonly facts: SignedOnFacts; readonly returnTo: string }

/** Ends a sign-in by the answer that the browser brings along. It is read once, whatever comes of it. */
export async function finishSignOn(
  process: SignOnProcess,
  { message, ...journey }: Journey & { readonly message: SignOnMessage },
): Promise<Result<FinishedSignOn, SignOnError>> {
  const provider = await activeProvider(process, journey.providerId)
  if (!provider) return err('provider-off')
  const attempt = await process.inTenant((ctx) => takeSignOnAttempt(ctx, { ...journey, purpose: 'sign-in' }))
  if (!attempt) return err('attempt-over')
  const { returnTo, answer } = attempt
  // What a directory posted was read when it came, and waits for the browser that began.
  if (answer) return ok({ facts: answer, returnTo })
  if (provider.kind !== 'oidc') return err('attempt-over')
  const directory = openDirectory(process, provider, journey.host)
  const facts = await orFailure(directory.finish({ ...message, word: journey.word }, attempt))
  return facts.ok ? ok({ facts: facts.value, returnTo }) : facts
}

/**
 * Reads what a directory posts through the browser, which sends no cookies along with it: the answer is kept until the browser that began
 * comes for it. One answer counts.
 */
export async function takePostedAnswer(
  process: SignOnProcess,
  { message, ...asked }: Omit<Journey, 'browser'> & { readonly message: SignOnMessage },
): Promise<Result<void, SignOnError>> {
  const provider = await activeProvider(process, asked.providerId)
  if (provider?.kind !== 'saml') return err('provider-off')
  const query: AttemptQuery = { ...asked, purpose: 'sign-in' }
  const attempt = await process.inTenant((ctx) => findSignOnAttempt(ctx, query))
  if (!attempt || attempt.answer) return err('attempt-over')
  const directory = openDirectory(process, provider, asked.host)
  const facts = await orFailure(directory.finish({ ...message, word: asked.word }, attempt))
  if (!facts.ok) return facts
  const isFirst = await process.inTenant((ctx) => keepSignOnAnswer(ctx, query, facts.value))
  return isFirst ? ok(undefined) : err('attempt-over')
}

/** The directory of that id when it is in use and people sign in there by their browser. */
export async function activeProvider(process: SignOnProcess, providerId: string): Promise<IdentityProviderRow | null> {
  const provider = await process.inTenant((ctx) => findIdentityProvider(ctx, providerId))
  return provider?.state === 'active' && provider.kind !== 'ldap' ? provider : null
}

/** What a directory could not do, by its code. */
export async function orFailure<T>(asked: Promise<T>): Promise<Result<T, SignOnFailure>> {
  try {
    return ok(await asked)
  } catch (failure) {
    if (failure instanceof SignOnFailed) return err(failure.code)
    throw failure
  }
}
