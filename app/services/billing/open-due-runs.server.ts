import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { lastClosedMonth } from '#app/domain/time/billing-month.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { createBillingRun } from './create-billing-run.server.ts'

/** How long a month waits after its end for usage that is still on its way. */
const graceHours = 6

/** Ids of the sellers that are open for business, parents before children. */
export async function billingSellers(): Promise<string[]> {
  const tenants = await listTenants()
  return tenants.filter((tenant) => tenant.status === 'active').map((tenant) => tenant.tenantId)
}

/** Opens the run of the seller's last month once it has been over for six hours. True when this call opened it. */
export function openDueRun(tenantId: string): Promise<boolean> {
  const work = { actor: systemActor('billing schedule') }
  return inTenant(tenantId, async (ctx) => {
    const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { timeZone: true } })
    const closed = lastClosedMonth({ zone: timeZone, anchorDay: 1 }, new Date(ctx.now.getTime() - graceHours * 3_600_000))
    const created = await createBillingRun(ctx, { month: localDateOf(closed.start, timeZone).slice(0, 7) })
    return created.ok && created.value.isNew
  }, work)
}
