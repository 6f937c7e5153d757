import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A disruption that staff told customers of. */
export async function plantServiceNotice({ db, tenantId, now }: TenantContext): Promise<void> {
  const noticeId = v7()
  const facts = { kind: 'disruption', title: 'Network', state: 'ongoing', startsAt: now, createdBy: 'test', createdAt: now, changedAt: now }
  await db.serviceNotice.createMany({ data: [{ tenantId, id: noticeId, ...facts }] })
  await db.serviceNoticeUpdate.createMany({
    data: [{ tenantId, id: v7(), noticeId, state: 'ongoing', text: 'We look.', by: 'test', at: now }],
  })
}
