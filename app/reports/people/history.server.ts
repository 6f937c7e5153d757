import type { TenantContext } from '#app/db/context.server.ts'
import { type AccessAction, type AccessChange, accessActions } from './shape.ts'

type Detail = {
  readonly email?: string
  readonly name?: string
  readonly to?: string
  readonly profile?: string
  readonly permissions?: readonly string[]
  readonly before?: readonly string[]
  readonly after?: readonly string[]
}
type Row = Pick<AccessChange, 'id' | 'at' | 'by'> & {
  readonly action: AccessAction
  readonly person: string | null
  readonly detail: Detail
}

/**
 * What was changed of the people of the house and of their profiles, the newest first; at most 100. With `subjectId` only what is about
 * that person or profile. Needs the office's scope.
 */
export async function readAccessHistory(ctx: TenantContext, subjectId: string | null = null): Promise<AccessChange[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select e.id, e.at, e.action, e.detail, u.name as by, p.name as person
    from audit_entries e
    left join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    left join users p on p.tenant_id = e.tenant_id and e.subject_kind = 'user' and p.id::text = e.subject_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = any ('{tenant,user,security-profile}'::text[])
      and e.action = any (${[...accessActions]}::text[]) and e.detail ->> 'accountId' is null
      and (${subjectId}::text is null or e.subject_id = ${subjectId}::text)
    order by e.at desc, e.id desc limit 100`
  return rows.map(({ person, detail, ...row }) => ({
    ...row,
    by: row.by ?? (row.action === 'member.joined' ? person : null),
    subject: person ?? detail.email ?? detail.to ?? detail.name ?? '',
    profile: detail.profile ?? null,
    ...difference(row.action, detail),
  }))
}

function difference(action: AccessAction, { permissions = [], before = [], after = [] }: Detail) {
  if (action === 'profile.added') return { given: permissions, taken: [] }
  const given = after.filter((permission) => !before.includes(permission))
  return { given, taken: before.filter((permission) => !after.includes(permission)) }
}
