import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A project of a buyer with one of its servers in it, and a label on that. */
export async function plantProject({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const projectId = v7()
  const { id: resourceId } = await db.resource.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })
  await db.project.createMany({
    data: [{ tenantId, id: projectId, accountId, name: 'Shop', state: 'active', createdBy: 'test', createdAt: now, changedAt: now }],
  })
  const of = { tenantId, accountId, resourceId, startsAt: now }
  await db.projectResource.createMany({ data: [{ ...of, id: v7(), projectId, placedBy: 'test', placedAt: now }] })
  await db.resourceTag.createMany({ data: [{ ...of, id: v7(), key: 'env', value: 'live', setBy: 'test', setAt: now }] })
}
