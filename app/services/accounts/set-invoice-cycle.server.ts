import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { FeeTime } from '#app/domain/invoice/fee-time.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CycleUnit } from '#app/domain/time/invoice-cycle.ts'

export type SetInvoiceCycleInput = {
  readonly accountId: string
  readonly unit: CycleUnit
  /** How many of the units, 1 to 120. */
  readonly count: number
  /** The day of the month on which a cycle begins, 1 to 31; null for the calendar. */
  readonly day: number | null
  readonly fees: FeeTime
}
export type SetInvoiceCycleError = 'no-contract' | 'day-without-month'

/**
 * Says how often an account is invoiced from now on, and when its fees are. What is invoiced stays, and what was not is on the first invoice
 * of the new cycle; months in which tiers and allowances count are not touched. Days and weeks follow the calendar: they take no day of the
 * month.
 */
export async function setInvoiceCycle(ctx: TenantContext, input: SetInvoiceCycleInput): Promise<Result<void, SetInvoiceCycleError>> {
  const { accountId, unit, count, day, fees } = input
  if (day !== null && unit !== 'month' && unit !== 'year') return err('day-without-month')
  const changed = await ctx.db.contract.updateMany({
    where: { tenantId: ctx.tenantId, accountId },
    data: {
      cycleUnit: unit,
      cycleCount: count,
      cycleDay: day,
      feesInAdvance: fees !== 'in-arrears',
      invoicesOrders: fees === 'with-order',
    },
  })
  if (changed.count === 0) return err('no-contract')
  await audit(ctx, { action: 'contract.cycle-set', subjectKind: 'account', subjectId: accountId, detail: { unit, count, day, fees } })
  return ok(undefined)
}
