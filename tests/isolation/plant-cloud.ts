import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A buyer's server is backed up every night, and what was asked of its cloud is kept; an order of its is a piece of an application, and it composed one itself. */
export async function plantCloud({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const { id: resourceId } = await db.resource.findFirstOrThrow({ where: { tenantId, accountId, kind: 'server' }, select: { id: true } })
  const of = { tenantId, accountId, resourceId }
  await db.cloudDeed.createMany({
    data: [{ ...of, id: v7(), kind: 'set-firewall', facts: { rules: [] }, key: v7(), state: 'done', requestedAt: now, settledAt: now }],
  })
  const schedule = { every: 'day', hour: 2, keep: 7, nextAt: now, setBy: 'test', setAt: now }
  await db.backupSchedule.createMany({ data: [{ ...of, ...schedule }] })
  const { id: templateId } = await db.appTemplate.findFirstOrThrow({ where: { tenantId }, select: { id: true } })
  const { id: orderId } = await db.order.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })
  const applicationId = v7()
  await db.application.createMany({
    data: [{ tenantId, id: applicationId, accountId, templateId, name: 'shop', location: 'fra-1', createdAt: now }],
  })
  const times = { createdAt: now, changedAt: now }
  await db.appDesign.createMany({ data: [{ tenantId, id: v7(), accountId, name: 'own shop', tiers: [], ...times }] })
  await db.applicationPiece.createMany({ data: [{ tenantId, id: v7(), applicationId, accountId, orderId, tier: 'web', addedAt: now }] })
}
