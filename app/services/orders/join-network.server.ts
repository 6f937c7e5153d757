import { inTenant } from '#app/db/context.server.ts'
import { requestDeed } from '../clouds/request-deed.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'

/**
 * Lets the server of an order join the private network it was ordered for, as its buyer would in the panel. False while another deed on
 * that network is under way: ask again. What cannot be joined any more is left alone. Safe to repeat.
 */
export function joinNetwork({ tenantId, orderId }: ChainedOrder): Promise<boolean> {
  return inTenant(tenantId, async (ctx) => {
    const order = await ctx.db.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: orderId } },
      select: { accountId: true, resourceId: true, input: true },
    })
    const { networkId } = order.input as { networkId?: string }
    const { accountId, resourceId: serverId } = order
    const network = networkId && (await ctx.db.resource.findFirst({ where: { tenantId, id: networkId }, select: { cloudRef: true } }))
    if (!networkId || !serverId || !network) return true
    const deed = { kind: 'join-network' as const, serverId }
    const wish = { deed, subjectId: networkId, accountId, cloudRef: network.cloudRef, key: `order:${orderId}`, userName: null }
    const asked = await requestDeed(ctx, wish)
    return asked.ok || asked.error !== 'action-pending'
  })
}
