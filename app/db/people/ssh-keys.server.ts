import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Whose keys: a person's own in one account. */
export type KeyHolder = { readonly accountId: string; readonly userId: string }

export type NewSshKey = KeyHolder & {
  readonly name: string
  readonly kind: string
  readonly bits: number
  readonly fingerprint: string
  readonly publicKey: string
}

/** Keeps a key; returns its id, or null when its holder has the same one. */
export async function insertSshKey(ctx: TenantContext, key: NewSshKey): Promise<string | null> {
  const id = newId()
  const { count } = await ctx.db.sshKey.createMany({
    data: [{ ...key, tenantId: ctx.tenantId, id, createdAt: ctx.now }],
    skipDuplicates: true,
  })
  return count === 1 ? id : null
}

/** How many keys somebody has. */
export function countSshKeys({ db, tenantId }: TenantContext, { accountId, userId }: KeyHolder): Promise<number> {
  return db.sshKey.count({ where: { tenantId, accountId, userId } })
}

/** A key of the holder's own; null for any other. */
export function findSshKey({ db, tenantId }: TenantContext, { id, accountId, userId }: KeyHolder & { readonly id: string }) {
  return db.sshKey.findFirst({
    where: { tenantId, id, accountId, userId },
    select: { id: true, name: true, fingerprint: true, publicKey: true },
  })
}

/** Takes a key away; false when its holder has none such. */
export async function deleteSshKey({ db, tenantId }: TenantContext, { id, accountId, userId }: KeyHolder & { readonly id: string }) {
  const { count } = await db.sshKey.deleteMany({ where: { tenantId, id, accountId, userId } })
  return count === 1
}
