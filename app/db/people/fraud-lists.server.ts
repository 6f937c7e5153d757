import type { FraudList, ListKind } from '#app/domain/fraud/list-entry.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type ListKey = { readonly kind: ListKind; readonly value: string }
export type NewListEntry = ListKey & { readonly list: FraudList; readonly note: string }

/** The lists on which one of `keys` stands. */
export async function listsWith(ctx: TenantContext, keys: readonly ListKey[]): Promise<FraudList[]> {
  const rows = await ctx.db.$queryRaw<{ list: FraudList }[]>`
    select distinct e.list from fraud_list_entries e
    join unnest(${sqlArray(keys, ({ kind }) => kind)}::text[], ${sqlArray(keys, ({ value }) => value)}::text[]) as k (kind, value)
      on e.kind = k.kind and e.value = k.value
    where e.tenant_id = ${ctx.tenantId}::uuid order by e.list`
  return rows.map(({ list }) => list)
}

/** The lists on which a range stands that the network address is in. */
export async function listsWithRange(ctx: TenantContext, address: string | null): Promise<FraudList[]> {
  if (!address) return []
  const rows = await ctx.db.$queryRaw<{ list: FraudList }[]>`
    select distinct e.list from fraud_list_entries e
    where e.tenant_id = ${ctx.tenantId}::uuid and e.kind = 'range'
      and case when e.kind = 'range' then ${address}::inet <<= e.value::inet else false end
    order by e.list`
  return rows.map(({ list }) => list)
}

/** Puts a value on a list. Returns the id of the entry; null when the value stands on a list already. */
export async function insertListEntry(ctx: TenantContext, entry: NewListEntry): Promise<string | null> {
  const id = newId()
  const made = await ctx.db.fraudListEntry.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...entry, addedBy: actorName(ctx.actor), addedAt: ctx.now }],
    skipDuplicates: true,
  })
  return made.count === 1 ? id : null
}

/** Takes an entry off its list; what it said, null when it is gone. */
export async function deleteListEntry(ctx: TenantContext, id: string): Promise<(ListKey & { list: FraudList }) | null> {
  const [gone] = await ctx.db.$queryRaw<(ListKey & { list: FraudList })[]>`
    delete from fraud_list_entries where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid returning list, kind, value`
  return gone ?? null
}
