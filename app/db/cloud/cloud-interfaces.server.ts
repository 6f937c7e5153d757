import type { TenantContext } from '../context.server.ts'

/** Where the seller's visitors find the cloud's own interface; null where it is not offered. */
export async function findInterfaceAddress({ db, tenantId }: TenantContext): Promise<string | null> {
  const row = await db.cloudInterface.findUnique({ where: { tenantId }, select: { address: true } })
  return row?.address ?? null
}

/** Keeps the address, or takes it away with null. */
export async function saveInterfaceAddress({ db, tenantId, now }: TenantContext, address: string | null): Promise<void> {
  if (address === null) {
    await db.cloudInterface.deleteMany({ where: { tenantId } })
    return
  }
  const row = { address, changedAt: now }
  await db.cloudInterface.upsert({ where: { tenantId }, create: { tenantId, ...row }, update: row })
}

export type CloudOwner = { readonly kind: 'account' | 'project'; readonly externalId: string }

const ownersAtMost = 200

/** The accounts and projects of a cloud whose usage is the account's: its own first, then in order of their ids, at most 200. */
export async function cloudOwnersOf(
  { db, tenantId }: TenantContext,
  { accountId, cloudRef }: { readonly accountId: string; readonly cloudRef: string },
): Promise<CloudOwner[]> {
  return db.$queryRaw<CloudOwner[]>`
    select m.external_kind as kind, m.external_id as "externalId" from cloud_mappings m
    where m.tenant_id = ${tenantId}::uuid and m.account_id = ${accountId}::uuid and m.cloud_ref = ${cloudRef}::uuid
      and m.external_kind in ('account', 'project')
    order by m.external_id = ${accountId} desc, m.external_id limit ${ownersAtMost}`
}

/** Whether something of the account stands still because of what it owes, here or above. */
export async function hasSuspension({ db, tenantId }: TenantContext, accountId: string): Promise<boolean> {
  const open = await db.serviceSuspension.findFirst({ where: { tenantId, accountId, resumedAt: null }, select: { id: true } })
  return open !== null
}
