import type { TenantContext } from '../context.server.ts'

/** Subscriptions of an account that are to be ended: those that run, except the ones that follow a level below. */
export async function runningSubscriptions(ctx: TenantContext, accountId: string): Promise<string[]> {
  const rows = await ctx.db.subscription.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: { in: ['active', 'paused'] }, feedsTenantId: null },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 1000,
  })
  return rows.map(({ id }) => id)
}
