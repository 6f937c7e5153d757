import type { TenantContext } from '#app/db/context.server.ts'
import { readyProfileNames } from '#app/domain/tenancy/security-profiles.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { PersonList, PersonListFilter, PersonRow } from './shape.ts'

const readyNames = [...readyProfileNames]

type Row = Omit<PersonRow, 'account'> & { accountId: string | null; accountName: string | null; total: number }

/** Everyone who may act in this store, by name and once per membership. Needs the office's scope. */
export async function listPeople(ctx: TenantContext, filter: PersonListFilter): Promise<PersonList> {
  const found = await readPage(ctx, filter)
  const rows = found.map(({ accountId, accountName, total: _total, ...row }) => ({
    ...row,
    account: accountId && accountName ? { id: accountId, name: accountName } : null,
  }))
  return { rows, total: found[0]?.total ?? 0, page: filter.page, pageSize }
}

function readPage(ctx: TenantContext, filter: PersonListFilter): Promise<Row[]> {
  const search = filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null
  const isHouse = filter.side === undefined ? null : filter.side === 'house'
  return ctx.db.$queryRaw<Row[]>`
    select m.id as "membershipId", u.id, u.name, u.email, p.name as profile,
      p.account_id is not null or not p.name = any (${readyNames}::text[]) as "isOwnProfile", u.email_confirmed_at is not null as "isEmailConfirmed",
      u.password_hash is null as "isInvited", u.disabled_at is not null as "isDisabled", a.id as "accountId", a.name as "accountName",
      (select max(s.created_at) from sessions s where s.tenant_id = u.tenant_id and s.user_id = u.id) as "lastSignIn",
      m.created_at as "createdAt", count(*) over ()::int as total
    from memberships m
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    left join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    where m.tenant_id = ${ctx.tenantId}::uuid
      and (${isHouse}::boolean is null or (m.account_id is null) = ${isHouse}::boolean)
      and (${search}::text is null or u.name ilike ${search} or u.email ilike ${search} or a.name ilike ${search})
    order by m.account_id is not null, lower(u.name), u.id, m.id
    limit ${pageSize} offset ${offsetOf(filter.page)}`
}
