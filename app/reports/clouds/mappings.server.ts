import type { TenantContext } from '#app/db/context.server.ts'
import type { MappingKind } from '#app/domain/usage/attribute-owner.ts'

/** Whose a part of a cloud is, and the prices it is rated by. */
export type MappingView = {
  readonly id: string
  readonly kind: Exclude<MappingKind, 'resource'>
  readonly externalId: string
  readonly accountId: string
  readonly accountName: string
  readonly isReseller: boolean
  readonly priceBook: string | null
  readonly currency: string | null
}
export type MappingList = {
  readonly cloud: { readonly id: string; readonly name: string } | null
  readonly mappings: readonly MappingView[]
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly unmapped: number
}

const mappingsAtMost = 1000

/** What of a cloud is mapped, in order of kind and name, at most 1000; a department without prices of its own has its enterprise's. */
export async function listMappings({ db, tenantId }: TenantContext, cloudRef: string): Promise<MappingList> {
  const cloud = await db.cloudConnection.findUnique({
    where: { tenantId_id: { tenantId, id: cloudRef } },
    select: { id: true, name: true },
  })
  const mappings = await db.$queryRaw<MappingView[]>`
    select m.id, m.external_kind as kind, m.external_id as "externalId", m.account_id as "accountId", a.name as "accountName",
      a.child_tenant_id is not null as "isReseller", b.name as "priceBook", b.currency
    from cloud_mappings m
    join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    left join lateral (
      select c.price_book_id from contracts c where c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
      order by c.account_id = a.id desc limit 1
    ) c on true
    left join price_books b on b.tenant_id = a.tenant_id and b.id = c.price_book_id
    where m.tenant_id = ${tenantId}::uuid and m.cloud_ref = ${cloudRef}::uuid
    order by m.external_kind, m.external_id limit ${mappingsAtMost}`
  const accounts = await db.account.findMany({
    where: { tenantId, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1000,
  })
  const unmapped = await db.usageQuarantine.count({
    where: { tenantId, state: 'open', reason: 'unmapped-owner', batch: { cloudConnectionId: cloudRef } },
  })
  return { cloud, mappings, accounts, unmapped }
}
