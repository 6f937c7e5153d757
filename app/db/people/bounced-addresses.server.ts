import type { Refusal } from '#app/domain/delivery/bounce.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type AccountAddress = { readonly accountId: string; readonly address: string }

/** Whether mail to this address of an account came back for good and nobody confirmed it since. */
export async function hasBounced(ctx: TenantContext, { accountId, address }: AccountAddress): Promise<boolean> {
  const row = await ctx.db.bouncedAddress.findFirst({
    where: { tenantId: ctx.tenantId, accountId, address, confirmedAt: null },
    select: { id: true },
  })
  return row !== null
}

/** Marks an address of an account as one that refuses mail for good. A repeat keeps the newest refusal. */
export async function markBounced(ctx: TenantContext, { accountId, address }: AccountAddress, refusal: Refusal): Promise<void> {
  await ctx.db.$executeRaw`
    insert into bounced_addresses (tenant_id, id, account_id, address, status_code, reason, bounced_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${address}, ${refusal.statusCode}, ${refusal.reason}, ${ctx.now})
    on conflict (tenant_id, account_id, address) do update set
      status_code = excluded.status_code, reason = excluded.reason, bounced_at = excluded.bounced_at, confirmed_at = null, confirmed_by = null`
}

/** Notes that somebody stands for the address; false when it was not marked. */
export async function confirmBounced(ctx: TenantContext, { accountId, address }: AccountAddress, by: string): Promise<boolean> {
  const { count } = await ctx.db.bouncedAddress.updateMany({
    where: { tenantId: ctx.tenantId, accountId, address, confirmedAt: null },
    data: { confirmedAt: ctx.now, confirmedBy: by },
  })
  return count > 0
}

export type BouncedRow = AccountAddress & Refusal & { readonly accountName: string; readonly bouncedAt: Date }

/**
 * Marked addresses that documents would still go to: those of recipients, and the account's own where it has no recipients. Newest
 * first, at most 100; of one account when given.
 */
export function listBouncedInUse(ctx: TenantContext, accountId: string | null): Promise<BouncedRow[]> {
  return ctx.db.$queryRaw<BouncedRow[]>`
    select b.account_id as "accountId", a.name as "accountName", b.address, b.status_code as "statusCode", b.reason, b.bounced_at as "bouncedAt"
    from bounced_addresses b join accounts a on a.tenant_id = b.tenant_id and a.id = b.account_id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.confirmed_at is null and (${accountId}::uuid is null or b.account_id = ${accountId}::uuid)
      and case when exists (select 1 from delivery_recipients r where r.tenant_id = b.tenant_id and r.account_id = b.account_id)
        then exists (select 1 from delivery_recipients r
          where r.tenant_id = b.tenant_id and r.account_id = b.account_id and r.email = b.address)
        else lower(a.email) = b.address end
    order by b.bounced_at desc, b.id limit 100`
}
