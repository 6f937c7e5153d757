import { randomBytes } from 'node:crypto'
import { decodeBase32IgnorePadding, encodeBase32UpperCaseNoPadding } from '@oslojs/encoding'
import { createTOTPKeyURI } from '@oslojs/otp'
import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import { inAuth, type TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  type AuthenticatorRow,
  confirmAuthenticatorRow,
  countRecoveryCodes,
  deleteSecondFactor,
  findAuthenticator,
  insertAuthenticator,
  replaceRecoveryCodes,
  spendRecoveryCode,
  takeStep,
} from '#app/db/people/second-factors.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { codeDigits, codeSeconds, stepOfCode } from './app-codes.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'
import { hashOfRecoveryCode, looksLikeRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { isOwnPassword, type Self, tellOfChange } from './self.server.ts'

export type FactorState = {
  /** Since when the app counts; null without one. */
  readonly since: Date | null
  readonly codesLeft: number
  /** What the app is told of an unconfirmed key; null when none waits. */
  readonly waiting: { readonly key: string; readonly uri: string } | null
}

/** An unconfirmed key is shown for an hour; then it is made anew. */
const waitsMs = 60 * 60_000

/** The second factor of a person, as its page shows it. `issuer` and `account` are what the app will call it. */
export function factorState(self: Self, names: { issuer: string; account: string }): Promise<FactorState> {
  return inAuth(self.tenantId, async (ctx) => {
    const row = await findAuthenticator(ctx, self.userId)
    if (row?.confirmedAt) return { since: row.confirmedAt, codesLeft: await countRecoveryCodes(ctx, self.userId), waiting: null }
    if (!row || !isShown(ctx, row)) return { since: null, codesLeft: 0, waiting: null }
    const key = keyOf(row)
    const uri = createTOTPKeyURI(names.issuer, names.account, key, codeSeconds, codeDigits)
    return { since: null, codesLeft: 0, waiting: { key: encodeBase32UpperCaseNoPadding(key), uri } }
  })
}

export type StartAuthenticatorError = 'wrong-password' | 'too-many-attempts' | 'has-second-factor'

/** Makes a key for an app. It counts for nothing until a code of it is typed. Asks for the password. */
export async function startAuthenticator(self: Self, password: string): Promise<Result<null, StartAuthenticatorError>> {
  const known = await isOwnPassword(self, password)
  if (!known.ok) return known
  const id = newId()
  const secret = sealSecret(encodeBase32UpperCaseNoPadding(randomBytes(20)), rowOf(id))
  const isNew = await inAuth(self.tenantId, (ctx) => insertAuthenticator(ctx, { id, userId: self.userId, secret }))
  return isNew ? ok(null) : err('has-second-factor')
}

export type ConfirmAuthenticatorError = 'wrong-code' | 'too-many-attempts'

/** Makes the app count, by its first code. Returns the recovery codes: they are told this once. All of the person's other sign-ins end. */
export async function confirmAuthenticator(self: Self, code: string): Promise<Result<string[], ConfirmAuthenticatorError>> {
  if (!takeAttempt('person', limitOf(self))) return err('too-many-attempts')
  const codes = newRecoveryCodes()
  const actor = { kind: 'user', userId: self.userId } as const
  const result = await inAuth(
    self.tenantId,
    async (ctx): Promise<Result<string[], ConfirmAuthenticatorError>> => {
      const row = await findAuthenticator(ctx, self.userId)
      if (!row || row.confirmedAt || !isShown(ctx, row)) return err('wrong-code')
      const step = stepOfCode({ key: keyOf(row), code, now: ctx.now, lastStep: null })
      if (step === null || !(await confirmAuthenticatorRow(ctx, { id: row.id, step }))) return err('wrong-code')
      await replaceRecoveryCodes(ctx, self.userId, hashesOf(self.userId, codes))
      const { tenantId } = ctx
      await ctx.db.session.deleteMany({ where: { tenantId, userId: self.userId, id: { not: self.sessionId } } })
      // A code of the app was just typed here: this sign-in is as good as one with it.
      await ctx.db.session.updateMany({ where: { tenantId, id: self.sessionId }, data: { isStrong: true } })
      await tellOfChange(ctx, self.userId, 'factor-added')
      return ok(codes)
    },
    { actor },
  )
  if (result.ok) clearAttempts('person', limitOf(self))
  return result
}

/** Forgets a key that no code was typed of. */
export async function dropWaitingAuthenticator(self: Self): Promise<void> {
  await inAuth(self.tenantId, ({ db, tenantId }) =>
    db.authenticator.deleteMany({ where: { tenantId, userId: self.userId, confirmedAt: null } }),
  )
}

export type FactorProofError = 'wrong-proof' | 'too-many-attempts'

/** Takes the app and its recovery codes away. `proof` is a code of either, or the password. */
export async function removeAuthenticator(self: Self, proof: string): Promise<Result<null, FactorProofError>> {
  return withProof(self, proof, async (ctx) => {
    await deleteSecondFactor(ctx, self.userId)
    await ctx.db.session.updateMany({ where: { tenantId: ctx.tenantId, userId: self.userId }, data: { isStrong: false } })
    await tellOfChange(ctx, self.userId, 'factor-removed')
    return null
  })
}

/** Puts ten new recovery codes in place of the old ones and returns them, this once. `proof` is a code or the password. */
export async function renewRecoveryCodes(self: Self, proof: string): Promise<Result<string[], FactorProofError>> {
  const codes = newRecoveryCodes()
  return withProof(self, proof, async (ctx) => {
    await replaceRecoveryCodes(ctx, self.userId, hashesOf(self.userId, codes))
    await tellOfChange(ctx, self.userId, 'codes-renewed')
    return codes
  })
}

/** Takes a code of the app or a recovery code, once. Call it in the transaction of what the code is for. */
export async function takeCode(ctx: TenantContext, userId: string, code: string): Promise<boolean> {
  const row = await findAuthenticator(ctx, userId)
  if (!row?.confirmedAt) return false
  if (looksLikeRecoveryCode(code)) {
    const isUsed = await spendRecoveryCode(ctx, userId, hashOfRecoveryCode(userId, code))
    if (isUsed) await tellOfChange(ctx, userId, 'code-used')
    return isUsed
  }
  const step = stepOfCode({ key: keyOf(row), code, now: ctx.now, lastStep: row.lastStep })
  return step !== null && takeStep(ctx, { id: row.id, step })
}

/** Takes the second factor of somebody away who lost it; whether there was one. For staff and the command line, who know who asks. */
export async function resetSecondFactor(ctx: TenantContext, userId: string): Promise<boolean> {
  const had = await deleteSecondFactor(ctx, userId)
  const passkeys = await ctx.db.passkey.deleteMany({ where: { tenantId: ctx.tenantId, userId } })
  const isReset = had || passkeys.count > 0
  if (isReset) await tellOfChange(ctx, userId, 'factor-removed')
  return isReset
}

async function withProof<T>(self: Self, proof: string, work: (ctx: TenantContext) => Promise<T>): Promise<Result<T, FactorProofError>> {
  const known = await isOwnPassword(self, proof)
  if (!known.ok && known.error === 'too-many-attempts') return err('too-many-attempts')
  const actor = { kind: 'user', userId: self.userId } as const
  return inAuth(
    self.tenantId,
    async (ctx): Promise<Result<T, FactorProofError>> => {
      if (!known.ok && !(await takeCode(ctx, self.userId, proof))) return err('wrong-proof')
      return ok(await work(ctx))
    },
    { actor },
  )
}

/** What wrong codes of one person are counted under. */
export function limitOf({ tenantId, userId }: { tenantId: string; userId: string }): string {
  return `${tenantId} ${userId} code`
}

function isShown(ctx: TenantContext, row: AuthenticatorRow): boolean {
  return row.createdAt.getTime() + waitsMs > ctx.now.getTime()
}

function keyOf(row: AuthenticatorRow): Uint8Array {
  return decodeBase32IgnorePadding(openSecret(row.secretCiphertext, rowOf(row.id)))
}

function hashesOf(userId: string, codes: readonly string[]): string[] {
  return codes.map((code) => hashOfRecoveryCode(userId, code))
}

function rowOf(id: string): string {
  return `authenticators/${id}`
}
