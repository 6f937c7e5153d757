import type { TenantContext } from '#app/db/context.server.ts'

/** Whether a month of the books is closed. */
export async function isMonthClosed(ctx: TenantContext, month: string): Promise<boolean> {
  const period = await ctx.db.accountingPeriod.findUnique({
    where: { tenantId_month: { tenantId: ctx.tenantId, month: new Date(`${month}-01`) } },
    select: { state: true },
  })
  return period?.state === 'closed'
}
