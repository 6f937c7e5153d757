import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A row of every kind that a buyer's budget and its alerts leave. */
export async function plantBudget({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const budgetId = v7()
  const rules = { thresholds: [50, 100], tellsForecast: true, allowsOver: false, hardStop: 'none', state: 'active' }
  const made = { createdBy: 'test', createdAt: now, changedAt: now }
  await db.budget.createMany({
    data: [{ tenantId, id: budgetId, accountId, name: 'Cloud', period: 'month', currency: 'EUR', amountMinor: 100n, ...rules, ...made }],
  })
  const standing = { tenantId, budgetId, accountId, periodStart: now, spentMinor: 60n }
  await db.budgetStanding.createMany({ data: [{ ...standing, refreshedAt: now }] })
  await db.budgetAlert.createMany({ data: [{ ...standing, id: v7(), amountMinor: 100n, step: '50', at: now }] })
  const choice = { topic: 'spend', mails: ['ida@buyer.example'], isShown: true, isPosted: true, changedBy: 'test', changedAt: now }
  await db.notificationChoice.createMany({ data: [{ tenantId, accountId, ...choice }] })
  const notice = { topic: 'spend', code: 'account-freed', facts: {}, sourceKey: budgetId, mails: [], isShown: true, at: now }
  await db.notice.createMany({ data: [{ tenantId, id: v7(), accountId, ...notice }] })
}
