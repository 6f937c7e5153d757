import type { TenantContext } from '#app/db/context.server.ts'
import type { ShownApiKey } from './shape.ts'

/** The keys of an account, those that work first, then the newest; at most 200. Needs the office's scope. */
export function readApiKeys(ctx: TenantContext, accountId: string): Promise<ShownApiKey[]> {
  return ctx.db.$queryRaw<ShownApiKey[]>`
    select k.id, k.name, k.prefix, u.name as person, coalesce(k.permissions, '{}') as permissions, coalesce(k.networks, '{}') as networks,
      k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
      case when k.revoked_at is not null then 'revoked' when k.expires_at <= ${ctx.now} then 'expired' else 'active' end as state
    from api_keys k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
    where k.tenant_id = ${ctx.tenantId}::uuid and k.account_id = ${accountId}::uuid
    order by k.revoked_at is not null, k.created_at desc, k.id desc limit 200`
}
