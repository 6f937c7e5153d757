import type { TenantContext } from '#app/db/context.server.ts'
import { addressChanges } from '#app/db/people/address-changes.server.ts'

const fields = ['name', 'email', 'language', 'country', 'addressLines', 'vatId'] as const

/** A change of company or contact data: who made it, and what each value was before. */
export type DataChange = {
  readonly id: string
  readonly at: Date
  /** The person's name; null for the seller's own people, of whom customers learn no names. */
  readonly by: string | null
  readonly isBySeller: boolean
  readonly changes: readonly { readonly field: (typeof fields)[number]; readonly before: string; readonly after: string }[]
}

/** As it stands in the trail: the address itself is kept apart. */
type NotedChange = {
  readonly field: (typeof fields)[number]
  readonly before?: string
  readonly after?: string
  readonly changeId?: string
}

type Row = { readonly id: string; readonly at: Date; readonly name: string | null; readonly isMember: boolean; readonly detail: unknown }

/** What was changed of an account's data, the newest first; at most 100. Needs the office's scope. */
export async function readDataHistory(
  ctx: TenantContext,
  { accountId, namesSeller }: { readonly accountId: string; readonly namesSeller: boolean },
): Promise<DataChange[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select e.id, e.at, u.name, e.detail, exists (
      select from memberships m where m.tenant_id = e.tenant_id and m.id::text = e.actor ->> 'membershipId' and m.account_id is not null) as "isMember"
    from audit_entries e left join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = 'account' and e.subject_id = ${accountId} and e.action = 'account.data-changed'
    order by e.at desc, e.id desc limit 100`
  const noted = rows.map(({ detail }) => (detail as { readonly changes: readonly NotedChange[] }).changes)
  const addresses = await addressChanges(
    ctx,
    noted.flat().flatMap(({ changeId }) => changeId ?? []),
  )
  return rows.map(({ id, at, name, isMember }, index) => {
    const changes = (noted[index] ?? []).map(({ field, before = '', after = '', changeId }) => {
      const values = addresses.get(changeId ?? '') ?? { before, after }
      return { field, before: values.before, after: values.after }
    })
    return { id, at, by: isMember || namesSeller ? name : null, isBySeller: !isMember, changes }
  })
}
