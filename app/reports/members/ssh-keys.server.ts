import type { TenantContext } from '#app/db/context.server.ts'

/** A public key of somebody's own. */
export type ShownSshKey = {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly bits: number
  readonly fingerprint: string
  readonly createdAt: Date
}

const most = 100

/** The keys that a person keeps in an account, by name. */
export function listSshKeys(
  { db, tenantId }: TenantContext,
  { accountId, userId }: { readonly accountId: string; readonly userId: string },
): Promise<ShownSshKey[]> {
  return db.sshKey.findMany({
    where: { tenantId, accountId, userId },
    select: { id: true, name: true, kind: true, bits: true, fingerprint: true, createdAt: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
  })
}
