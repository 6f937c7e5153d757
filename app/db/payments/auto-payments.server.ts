import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'

/** Notes whether an account's due invoices are collected by themselves. */
export async function saveAutoPayment(ctx: TenantContext, { accountId, isOn }: { accountId: string; isOn: boolean }): Promise<void> {
  await ctx.db.$executeRaw`
    insert into auto_payments (tenant_id, account_id, is_on, changed_by, changed_at)
    values (${ctx.tenantId}::uuid, ${accountId}::uuid, ${isOn}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, account_id) do update set is_on = excluded.is_on, changed_by = excluded.changed_by, changed_at = excluded.changed_at`
}
