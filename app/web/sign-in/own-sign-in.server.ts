import {
  confirmAuthenticator,
  dropWaitingAuthenticator,
  factorState,
  removeAuthenticator,
  renewRecoveryCodes,
  startAuthenticator,
} from '#app/auth/authenticator.server.ts'
import { requestEmailChange } from '#app/auth/change-email.server.ts'
import { type ChangePasswordError, changePassword } from '#app/auth/change-password.server.ts'
import { type OpenSession, sessionsOf } from '#app/auth/open-sessions.server.ts'
import { ownPasskeys, removePasskey } from '#app/auth/passkeys.server.ts'
import { endOtherSessions, endSession, signOutEverywhere } from '#app/auth/sign-out.server.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { keeperOfPassword } from '#app/services/access/ask-directories.server.ts'
import { codeSvg } from '#app/wiring.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { refuse } from '../request/refuse.server.ts'
import { type Session, sessionOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

export type OwnPasskey = {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}
/** What the reader's page of the own sign-in shows. */
export type OwnSecurity = {
  readonly sessions: readonly OpenSession[]
  readonly factor: {
    readonly since: Date | null
    readonly codesLeft: number
    /** A key that waits for its first code, and the same as a picture. */
    readonly waiting: { readonly key: string; readonly picture: string } | null
  }
  readonly passkeys: readonly OwnPasskey[]
  /** The host that passkeys are for. */
  readonly host: string
  readonly mustSecure: boolean
  /** The directory that keeps the reader's password; null where none does. */
  readonly passwordKeeper: string | null
}

/** The reader's own sign-in: sessions, second factor, passkeys. */
export async function ownSecurity(request: Request): Promise<OwnSecurity> {
  const { tenant, session, person } = await self(request)
  const names = { issuer: brandOf(tenant).pack.name, account: session.user.email }
  const { waiting, ...factor } = await factorState(person, names)
  return {
    sessions: await sessionsOf(person),
    factor: { ...factor, waiting: waiting && { key: inGroups(waiting.key), picture: asDataUrl(codeSvg(waiting.uri)) } },
    passkeys: (await ownPasskeys(person)).map(({ id, name, host, createdAt, lastUsedAt }) => ({ id, name, host, createdAt, lastUsedAt })),
    host: tenant.host,
    mustSecure: session.mustSecure,
    passwordKeeper: await keeperOfPassword(person.tenantId, person.userId),
  }
}

/** Ends one of the reader's own sign-ins. */
export async function endOwnSession(request: Request, sessionId: string): Promise<void> {
  const { person } = await self(request)
  await endSession({ ...person, sessionId })
}

/** Ends all of the reader's sign-ins in this store but the present one. */
export async function endOtherOwnSessions(request: Request): Promise<void> {
  await endOtherSessions((await self(request)).person)
}

/** Ends all of the reader's sign-ins in this store, the present one included. */
export async function endAllOwnSessions(request: Request): Promise<void> {
  await signOutEverywhere((await self(request)).person)
}

/** Changes the reader's password; all other sign-ins end unless they are to go on. */
export async function changeOwnPassword(
  request: Request,
  passwords: { currentPassword: string; newPassword: string; keepsOthers: boolean },
): Promise<Result<null, ChangePasswordError>> {
  return changePassword({ ...(await self(request)).person, ...passwords })
}

/** Makes a key for the reader's app, which waits for its first code. */
export async function startOwnAuthenticator(request: Request, password: string) {
  return startAuthenticator((await self(request)).person, password)
}

/** Makes the reader's app count; the value are the recovery codes. */
export async function confirmOwnAuthenticator(request: Request, code: string) {
  return confirmAuthenticator((await self(request)).person, code)
}

/** Forgets a key of the reader that no code was typed of. */
export async function dropOwnAuthenticator(request: Request): Promise<void> {
  await dropWaitingAuthenticator((await self(request)).person)
}

/** Takes the reader's app away; a code or the password proves who asks. */
export async function removeOwnAuthenticator(request: Request, proof: string) {
  return removeAuthenticator((await self(request)).person, proof)
}

/** Makes the reader's recovery codes anew; a code or the password proves who asks. */
export async function renewOwnCodes(request: Request, proof: string) {
  return renewRecoveryCodes((await self(request)).person, proof)
}

/** Takes one of the reader's passkeys away. */
export async function removeOwnPasskey(request: Request, id: string): Promise<void> {
  await removePasskey((await self(request)).person, id)
}

/** Has a link mailed to the reader's new address. */
export async function requestOwnEmailChange(request: Request, wish: { newEmail: string; password: string }) {
  return requestEmailChange({ ...(await self(request)).person, ...wish })
}

/** The reader as the own sign-in knows them. @throws 403 for a visitor. */
export async function self(request: Request) {
  const tenant = await tenantOf(request)
  const session: Session | null = await sessionOf(request)
  if (!session) throw refuse(403, 'not-signed-in')
  const person = { tenantId: tenant.tenantId, userId: session.user.id, sessionId: session.sessionId }
  return { tenant, session, person }
}

function inGroups(key: string): string {
  return key.match(/.{1,4}/g)?.join(' ') ?? key
}

function asDataUrl(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
