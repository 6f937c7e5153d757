import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

type Sealed = { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
export type AuthenticatorRow = {
  readonly id: string
  readonly secretCiphertext: Uint8Array
  /** Null until a code of it was typed. */
  readonly confirmedAt: Date | null
  readonly lastStep: bigint | null
  readonly createdAt: Date
}

const columns = { id: true, secretCiphertext: true, confirmedAt: true, lastStep: true, createdAt: true } as const

/** The app of a person, confirmed or not; null without one. */
export function findAuthenticator(ctx: TenantContext, userId: string): Promise<AuthenticatorRow | null> {
  return ctx.db.authenticator.findUnique({ where: { tenantId_userId: { tenantId: ctx.tenantId, userId } }, select: columns })
}

/** Puts an app that waits for its first code in place of another that waits. False when one counts already. */
export async function insertAuthenticator(
  ctx: TenantContext,
  { id, userId, secret }: { id: string; userId: string; secret: Sealed },
): Promise<boolean> {
  const { tenantId, now } = ctx
  await ctx.db.authenticator.deleteMany({ where: { tenantId, userId, confirmedAt: null } })
  const sealed = { secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId }
  const written = await ctx.db.authenticator.createMany({
    data: [{ tenantId, id, userId, ...sealed, createdAt: now }],
    skipDuplicates: true,
  })
  return written.count === 1
}

/** Makes an app count from now on, its first code taken. False when it counts already. */
export async function confirmAuthenticatorRow(ctx: TenantContext, { id, step }: { id: string; step: bigint }): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id, confirmedAt: null }
  const { count } = await ctx.db.authenticator.updateMany({ where, data: { confirmedAt: ctx.now, lastStep: step } })
  return count === 1
}

/** Takes the code of one half minute; of two calls at once one is true. False for that half minute and all before it afterwards. */
export async function takeStep(ctx: TenantContext, { id, step }: { id: string; step: bigint }): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id, OR: [{ lastStep: null }, { lastStep: { lt: step } }] }
  const { count } = await ctx.db.authenticator.updateMany({ where, data: { lastStep: step } })
  return count === 1
}

/** Removes the app and every recovery code of a person; whether there was an app that counted. */
export async function deleteSecondFactor(ctx: TenantContext, userId: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, userId }
  await ctx.db.recoveryCode.deleteMany({ where })
  const counted = await ctx.db.authenticator.deleteMany({ where: { ...where, confirmedAt: { not: null } } })
  await ctx.db.authenticator.deleteMany({ where })
  return counted.count > 0
}

/** Puts these codes in place of all the person had. */
export async function replaceRecoveryCodes(ctx: TenantContext, userId: string, hashes: readonly string[]): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.recoveryCode.deleteMany({ where: { tenantId, userId } })
  await ctx.db.recoveryCode.createMany({ data: hashes.map((codeHash) => ({ tenantId, id: newId(), userId, codeHash, createdAt: now })) })
}

/** Uses a recovery code up; of two calls at once one is true. */
export async function spendRecoveryCode(ctx: TenantContext, userId: string, codeHash: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, userId, codeHash, usedAt: null }
  const { count } = await ctx.db.recoveryCode.updateMany({ where, data: { usedAt: ctx.now } })
  return count === 1
}

/** How many recovery codes the person has left. */
export function countRecoveryCodes(ctx: TenantContext, userId: string): Promise<number> {
  return ctx.db.recoveryCode.count({ where: { tenantId: ctx.tenantId, userId, usedAt: null } })
}

export type SecondStepNeeds = { readonly hasApp: boolean; readonly hasPasskeyHere: boolean; readonly isRequired: boolean }

/** What a sign-in by password at `host` has to know: what the person has, and whether the seller requires more of its staff. */
export async function secondStepNeeds(ctx: TenantContext, userId: string, host: string): Promise<SecondStepNeeds> {
  const rows = await ctx.db.$queryRaw<SecondStepNeeds[]>`
    select exists (
        select 1 from authenticators a where a.tenant_id = t.tenant_id and a.user_id = ${userId}::uuid and a.confirmed_at is not null) as "hasApp",
      exists (select 1 from passkeys p where p.tenant_id = t.tenant_id and p.user_id = ${userId}::uuid and p.host = ${host}) as "hasPasskeyHere",
      t.staff_second_factor and exists (
        select 1 from memberships m where m.tenant_id = t.tenant_id and m.user_id = ${userId}::uuid and m.account_id is null) as "isRequired"
    from tenants t where t.tenant_id = ${ctx.tenantId}::uuid`
  return rows[0] ?? { hasApp: false, hasPasskeyHere: false, isRequired: false }
}

/** Whether the seller's staff must have a second factor. */
export async function requiresSecondFactor(ctx: TenantContext): Promise<boolean> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUnique({ where: { tenantId }, select: { staffSecondFactor: true } })
  return tenant?.staffSecondFactor ?? false
}

/** Sets whether the seller's staff must have a second factor. Needs the office's scope. */
export async function saveSecondFactorRule(ctx: TenantContext, isRequired: boolean): Promise<void> {
  await ctx.db.tenant.updateMany({ where: { tenantId: ctx.tenantId }, data: { staffSecondFactor: isRequired } })
}

/** How many of the seller's staff there are, and how many have an app or a passkey. */
export async function countStaffFactors(ctx: TenantContext): Promise<{ staff: number; secured: number }> {
  const rows = await ctx.db.$queryRaw<{ staff: number; secured: number }[]>`
    select count(*)::int as staff, count(*) filter (where
        exists (select 1 from authenticators a where a.tenant_id = u.tenant_id and a.user_id = u.id and a.confirmed_at is not null)
        or exists (select 1 from passkeys p where p.tenant_id = u.tenant_id and p.user_id = u.id))::int as secured
    from users u
    where u.tenant_id = ${ctx.tenantId}::uuid and u.disabled_at is null and exists (
      select 1 from memberships m where m.tenant_id = u.tenant_id and m.user_id = u.id and m.account_id is null)`
  return rows[0] ?? { staff: 0, secured: 0 }
}
