import type { TenantContext } from '#app/db/context.server.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'

/** The running calendar month of the seller, and the one before it, in the seller's zone. */
export type SellerMonth = {
  readonly zone: string
  readonly currency: string
  readonly month: Period
  readonly previous: Period
  readonly today: string
}

/** Reads the seller's zone and cuts its running month out of it. */
export async function sellerMonth(ctx: TenantContext): Promise<SellerMonth> {
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true, currency: true } })
  const cycle = { zone: tenant.timeZone, anchorDay: 1 }
  const month = billingMonthAt(cycle, ctx.now)
  const previous = billingMonthAt(cycle, new Date(month.start.getTime() - 1))
  return { zone: tenant.timeZone, currency: tenant.currency, month, previous, today: localDateOf(ctx.now, tenant.timeZone) }
}

/** `YYYY-MM` of a local date. */
export function monthName(localDate: string): string {
  return localDate.slice(0, 7)
}
