import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type PasskeyRow = {
  readonly id: string
  readonly userId: string
  readonly host: string
  readonly credentialId: string
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly counter: bigint
  readonly transports: string[]
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

const columns = {
  id: true,
  userId: true,
  host: true,
  credentialId: true,
  publicKey: true,
  counter: true,
  transports: true,
  name: true,
  createdAt: true,
  lastUsedAt: true,
} as const

const mostPasskeys = 20

/** The passkeys of a person, the newest first. */
export function passkeysOf(ctx: TenantContext, userId: string): Promise<PasskeyRow[]> {
  return ctx.db.passkey.findMany({
    where: { tenantId: ctx.tenantId, userId },
    select: columns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostPasskeys,
  })
}

/** The passkey that a browser names at `host`; null for one of another host or store. */
export function findPasskey(
  ctx: TenantContext,
  { host, credentialId }: { host: string; credentialId: string },
): Promise<PasskeyRow | null> {
  return ctx.db.passkey.findFirst({ where: { tenantId: ctx.tenantId, host, credentialId }, select: columns })
}

export type NewPasskey = Omit<PasskeyRow, 'id' | 'createdAt' | 'lastUsedAt'>

/** Writes a passkey; false when it is known already or the person has twenty. */
export async function insertPasskey(ctx: TenantContext, passkey: NewPasskey): Promise<boolean> {
  const { tenantId, now } = ctx
  if ((await ctx.db.passkey.count({ where: { tenantId, userId: passkey.userId } })) >= mostPasskeys) return false
  const written = await ctx.db.passkey.createMany({ data: [{ tenantId, id: newId(), ...passkey, createdAt: now }], skipDuplicates: true })
  return written.count === 1
}

/** Notes a use. False when another use with this counter or a higher one came first: the key was copied. */
export async function noteUse(ctx: TenantContext, { id, counter }: { id: string; counter: bigint }): Promise<boolean> {
  const isCounted = counter > 0n ? { counter: { lt: counter } } : { counter: 0n }
  const { count } = await ctx.db.passkey.updateMany({
    where: { tenantId: ctx.tenantId, id, ...isCounted },
    data: { counter, lastUsedAt: ctx.now },
  })
  return count === 1
}

/** Removes one passkey of the person; null when it is not theirs, else its name. */
export async function deletePasskey(ctx: TenantContext, { userId, id }: { userId: string; id: string }): Promise<string | null> {
  const where = { tenantId: ctx.tenantId, userId, id }
  const found = await ctx.db.passkey.findFirst({ where, select: { name: true } })
  const { count } = await ctx.db.passkey.deleteMany({ where })
  return count === 1 ? (found?.name ?? null) : null
}
