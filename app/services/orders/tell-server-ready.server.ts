import type { TenantContext } from '#app/db/context.server.ts'
import { tellAccount } from '../budgets/tell-account.server.ts'

/** Tells an account, by the ways it chose, that the server of an order runs, and where; once. Nothing of an order without a server. */
export async function tellServerReady(ctx: TenantContext, orderId: string): Promise<void> {
  const order = await ctx.db.order.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: orderId } },
    select: { accountId: true, resourceId: true, product: { select: { name: true } } },
  })
  const server =
    order?.resourceId &&
    (await ctx.db.resource.findUnique({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: order.resourceId } },
      select: { id: true, name: true, address: true, deletedAt: true },
    }))
  if (!order || !server || server.deletedAt || !server.address) return
  const facts = { resourceId: server.id, server: server.name, address: server.address, plan: order.product.name ?? {} }
  await tellAccount(ctx, { accountId: order.accountId, topic: 'account', code: 'server-ready', facts, key: `server-ready:${orderId}` })
}
