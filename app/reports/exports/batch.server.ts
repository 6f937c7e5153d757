import type { TenantContext } from '#app/db/context.server.ts'
import { readAccountingSettings } from '#app/db/ledger/accounting-settings.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { DatevBatch } from '#app/domain/accounting-export/datev.ts'
import { daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

/** The head of a booking batch of a closed month, in the seller's currency unless another is said. @throws InvariantError while it is open. */
export async function readBatch(ctx: TenantContext, month: string, currency: string | null): Promise<DatevBatch> {
  const { start, end } = daysOfMonth(month)
  const { chart, consultant, client, fiscalMonth } = await readAccountingSettings(ctx)
  const tenant = await ownTenant(ctx)
  const period = await ctx.db.accountingPeriod.findFirst({
    where: { tenantId: ctx.tenantId, month: new Date(start), state: 'closed' },
    select: { closedAt: true },
  })
  invariant(tenant && period, `the books of ${month} are open`)
  return {
    createdAt: period.closedAt,
    consultant,
    client,
    fiscalYearStart: fiscalYearOf(month, fiscalMonth),
    accountLength: 4,
    from: start,
    to: end,
    currency: currency ?? tenant.currency,
    chart,
  }
}

function fiscalYearOf(month: string, fiscalMonth: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return `${number < fiscalMonth ? year - 1 : year}-${String(fiscalMonth).padStart(2, '0')}-01`
}
