import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

function handedOver(now: Date) {
  return { delivery: 'mail', mails: ['books@example.test'], language: 'en', createdBy: 'test', createdAt: now, changedAt: now }
}

/** A file that a seller made, and how its accountant numbers things. */
export async function plantSellerExports({ db, tenantId, now }: TenantContext): Promise<void> {
  const asked = { requestedBy: 'test', requestedAt: now, period: now }
  await db.export.createMany({ data: [{ tenantId, id: v7(), kind: 'accounting', format: 'csv', state: 'requested', ...asked }] })
  const rhythm = { kind: 'revenue', format: 'csv', rhythm: 'daily', state: 'active', nextOn: now } as const
  await db.exportSchedule.createMany({ data: [{ tenantId, id: v7(), ...rhythm, ...handedOver(now) }] })
  await db.accountingSettings.createMany({
    data: [{ tenantId, chart: 'skr03', consultant: 1001, client: 1, fiscalMonth: 1, numbers: {}, changedAt: now }],
  })
}

/** A file about one buyer, and its number among the debtors. */
export async function plantBuyerExports({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const asked = { requestedBy: 'test', requestedAt: now, period: now }
  await db.export.createMany({
    data: [{ tenantId, id: v7(), kind: 'focus', format: 'csv', side: 'sell', accountId, state: 'requested', ...asked }],
  })
  const schedule = { kind: 'focus', format: 'csv', side: 'sell', rhythm: 'monthly', state: 'active', nextOn: now } as const
  await db.exportSchedule.createMany({ data: [{ tenantId, id: v7(), accountId, ...schedule, ...handedOver(now) }] })
  const number = 10_000 + (await db.debtorNumber.count({ where: { tenantId } }))
  await db.debtorNumber.createMany({ data: [{ tenantId, accountId, number, assignedAt: now }] })
}
