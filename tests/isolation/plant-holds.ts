import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A hold of the buyer that was lifted, and a server that stood still for it. */
export async function plantBuyerHold({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const { id: resourceId } = await db.resource.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })
  const hold = { source: 'staff', effect: 'suspend-services', reason: 'test', key: 'staff' }
  const deeds = { placedBy: 'test', placedAt: now, liftedBy: 'test', liftedAt: now }
  await db.accountHold.createMany({ data: [{ tenantId, id: v7(), accountId, ...hold, ...deeds }] })
  const times = { suspendedAt: now, resumedAt: now, settledAt: now }
  await db.serviceSuspension.createMany({
    data: [{ tenantId, id: v7(), accountId, resourceId, cause: 'hold', wasRunning: true, ...times }],
  })
}
