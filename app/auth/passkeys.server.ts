import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { storeAddress } from '#app/config/store-address.server.ts'
import { inAuth } from '#app/db/context.server.ts'
import { deletePasskey, findPasskey, insertPasskey, noteUse, type PasskeyRow, passkeysOf } from '#app/db/people/passkeys.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { type DirectoryOrigin, openStep, takeSignInStep } from '#app/db/people/sign-in-steps.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { startSession } from './open-sessions.server.ts'
import { isOwnPassword, type Self, tellOfChange } from './self.server.ts'
import type { Store } from './session-for.server.ts'
import { newToken } from './tokens.server.ts'
import { note } from './trace.server.ts'

/** What the browser is asked, and the token under which the question waits. */
export type Challenge<Options> = { readonly token: string; readonly options: Options }

export type NewPasskeyOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>
export type PasskeyOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>

// A passkey is two factors in one only when the device asks who is there.
const verification = 'required'

/** The passkeys of a person, the newest first. */
export function ownPasskeys({ tenantId, userId }: Self): Promise<PasskeyRow[]> {
  return inAuth(tenantId, (ctx) => passkeysOf(ctx, userId))
}

export type RegistrationStart = Self & { readonly host: string; readonly sellerName: string; readonly password: string }

/** Asks the browser for a new passkey of the person at this host. Asks the person for the password first. */
export async function challengeForPasskey(
  start: RegistrationStart,
): Promise<Result<Challenge<NewPasskeyOptions>, 'wrong-password' | 'too-many-attempts'>> {
  const known = await isOwnPassword(start, start.password)
  if (!known.ok) return known
  const { tenantId, userId, host } = start
  const passkeys = await inAuth(tenantId, (ctx) => passkeysOf(ctx, userId))
  const options = await generateRegistrationOptions({
    rpName: start.sellerName,
    rpID: host,
    userName: known.value.email,
    userID: new TextEncoder().encode(userId),
    attestationType: 'none',
    excludeCredentials: passkeys.filter((passkey) => passkey.host === host).map(({ credentialId: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: verification },
  })
  const token = newToken()
  const step = { token, purpose: 'passkey-registration', host, userId, challenge: options.challenge } as const
  await inAuth(tenantId, (ctx) => openStep(ctx, step))
  return ok({ token, options })
}

export type AddPasskeyInput = Self & { readonly host: string; readonly token: string; readonly name: string; readonly answer: string }

/** Keeps the passkey that the browser made for our question, which is answered once. */
export async function addPasskey(input: AddPasskeyInput): Promise<Result<null, 'passkey-refused'>> {
  const { tenantId, userId, host, token, name } = input
  const step = await inAuth(tenantId, (ctx) => takeSignInStep(ctx, { token, purpose: 'passkey-registration', host }))
  const response = readAnswer<RegistrationResponseJSON>(input.answer)
  if (!step?.challenge || step.userId !== userId || !response) return err('passkey-refused')
  const verified = await attempt(() =>
    verifyRegistrationResponse({ response, ...expected(host, step.challenge), requireUserVerification: true }),
  )
  if (!verified?.verified) return err('passkey-refused')
  const { id: credentialId, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  const key = { credentialId, publicKey: new Uint8Array(publicKey), counter: BigInt(counter), transports: [...transports] }
  return inAuth(
    tenantId,
    async (ctx): Promise<Result<null, 'passkey-refused'>> => {
      if (!(await insertPasskey(ctx, { userId, host, name, ...key }))) return err('passkey-refused')
      await tellOfChange(ctx, userId, 'passkey-added')
      return ok(null)
    },
    { actor: { kind: 'user', userId } },
  )
}

/** Takes one passkey of the person away; another person's stays. */
export async function removePasskey({ tenantId, userId }: Self, id: string): Promise<void> {
  const work = async (ctx: Parameters<typeof tellOfChange>[0]) => {
    if ((await deletePasskey(ctx, { userId, id })) !== null) await tellOfChange(ctx, userId, 'passkey-removed')
  }
  await inAuth(tenantId, work, { actor: { kind: 'user', userId } })
}

/** Asks a browser for any passkey of this host; who it belongs to is known with the answer. */
export async function challengeForSignIn({ tenantId, host }: Store): Promise<Challenge<PasskeyOptions>> {
  const options = await generateAuthenticationOptions({ rpID: host, userVerification: verification })
  const token = newToken()
  const step = { token, purpose: 'passkey-sign-in', host, userId: null, challenge: options.challenge } as const
  await inAuth(tenantId, (ctx) => openStep(ctx, step))
  return { token, options }
}

export type PasskeySignIn = Store & {
  readonly token: string
  readonly answer: string
  readonly userAgent: string | null
  /** The second step that this browser was asked for, if any: of the same person, it ends with the passkey. */
  readonly step?: string | undefined
}

/**
 * Signs a person in by a passkey of this host, on its own: the device asked who is there. A question is answered once; a copied key is found
 * by its counter. An unknown key, a wrong signature and a disabled person get the same answer.
 */
export async function signInByPasskey(input: PasskeySignIn): Promise<Result<{ token: string; userId: string }, 'passkey-refused'>> {
  const { tenantId, host } = input
  const response = readAnswer<AuthenticationResponseJSON>(input.answer)
  const found = await inAuth(tenantId, async (ctx) => {
    const step = await takeSignInStep(ctx, { token: input.token, purpose: 'passkey-sign-in', host })
    const passkey = response && (await findPasskey(ctx, { host, credentialId: response.id }))
    return step?.challenge && passkey ? { challenge: step.challenge, passkey } : null
  })
  if (!found || !response) return err('passkey-refused')
  const { passkey, challenge } = found
  const credential = { id: passkey.credentialId, publicKey: passkey.publicKey, counter: Number(passkey.counter) }
  const verified = await attempt(() =>
    verifyAuthenticationResponse({ response, ...expected(host, challenge), credential, requireUserVerification: true }),
  )
  if (!verified?.verified) return err('passkey-refused')

  const { userId } = passkey
  const counter = BigInt(verified.authenticationInfo.newCounter)
  const noted = await inAuth(tenantId, async (ctx): Promise<Result<null, 'passkey-refused'>> => {
    const user = await findUser(ctx, userId)
    if (!user || user.disabledAt) return err('passkey-refused')
    return (await noteUse(ctx, { id: passkey.id, counter })) ? ok(null) : err('passkey-refused')
  })
  if (!noted.ok) return noted
  const origin = input.step ? await originOfStep(input, input.step, userId) : null
  const token = await startSession({ ...input, userId, isStrong: true, origin })
  await note(tenantId, 'user.signed-in', userId)
  return ok({ token, userId })
}

/** The sign-in at a directory that waited for its second step; null for another person's, and for one by password. */
async function originOfStep({ tenantId, host }: Store, token: string, userId: string): Promise<DirectoryOrigin | null> {
  const step = await inAuth(tenantId, (ctx) => takeSignInStep(ctx, { token, purpose: 'second-step', host }))
  return step?.userId === userId ? ((step.origin ?? null) as DirectoryOrigin | null) : null
}

/** The host is a row of the table of hosts; a page of any other address is refused, whatever the request says. */
function expected(host: string, challenge: string | null) {
  return { expectedChallenge: challenge ?? '', expectedOrigin: new URL(storeAddress(host)).origin, expectedRPID: host }
}

function readAnswer<T extends { id: string }>(text: string): T | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? (value as T) : null
  } catch {
    // What a browser of ours sends is JSON; anything else is nobody's passkey.
    return null
  }
}

/** The library tells a wrong answer by throwing; what it says is for programmers, and each of it is a refusal. */
async function attempt<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}
