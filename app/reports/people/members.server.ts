import type { TenantContext } from '#app/db/context.server.ts'
import type { MemberRow } from './shape.ts'

/** The people of one account, or of the house organisation when it is null, by name. Needs the office's scope. */
export function membersOf(ctx: TenantContext, accountId: string | null): Promise<MemberRow[]> {
  return ctx.db.$queryRaw<MemberRow[]>`
    select u.id, u.name, u.email, p.name as profile
    from memberships m
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.account_id is not distinct from ${accountId}::uuid
    order by lower(u.name), u.id limit 200`
}
