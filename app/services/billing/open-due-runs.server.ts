import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { hasBillingRun, hasUsageInFlight, lastRunEnd } from '#app/db/documents/billing-runs.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { lastClosedMonth } from '#app/domain/time/billing-month.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { openRun } from './create-billing-run.server.ts'
import { sellerOf } from './draft-contracts.server.ts'
import { fallsDue } from './due-contracts.server.ts'

/** How long a month waits after its end for usage that is still on its way. */
const graceHours = 6

/** Ids of the sellers that are open for business, parents before children. */
export async function billingSellers(): Promise<string[]> {
  const tenants = await listTenants()
  return tenants.filter((tenant) => tenant.status === 'active').map((tenant) => tenant.tenantId)
}

/**
 * Opens the run of the seller's last month once it has been over for six hours and no usage is on its way; on other days a run of the
 * days since the last one, when a contract with a cycle of its own falls due in them. True when this call opened one; a period that has
 * its run is left to people.
 */
export function openDueRun(tenantId: string): Promise<boolean> {
  const work = async (ctx: TenantContext) => {
    const { timeZone } = await sellerOf(ctx)
    const settledUntil = new Date(ctx.now.getTime() - graceHours * 3_600_000)
    const closed = lastClosedMonth({ zone: timeZone, anchorDay: 1 }, settledUntil)
    const [periodStart, periodEnd] = [localDateOf(closed.start, timeZone), localDateOf(closed.end, timeZone)]
    if (await hasUsageInFlight(ctx)) return false
    if (!(await hasBillingRun(ctx, { periodStart, periodEnd }))) return (await openRun(ctx, { start: periodStart, end: periodEnd })).ok
    const since = (await lastRunEnd(ctx)) ?? periodEnd
    const window = { start: since, end: localDateOf(settledUntil, timeZone) }
    return window.end > window.start && (await fallsDue(ctx, window)) && (await openRun(ctx, window)).ok
  }
  return inTenant(tenantId, work, { actor: systemActor('billing schedule') })
}
