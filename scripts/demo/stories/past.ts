import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { tenantOf } from '#prisma/seed/accounts.ts'
import { cardPayments } from './card-payments.ts'
import { earlierMonth } from './earlier-month.ts'
import { overdueCustomers } from './overdue-customers.ts'
import { partnerNearLimit } from './partner-near-limit.ts'
import { prepaidCustomer } from './prepaid-customer.ts'
import { receivedPayments } from './received-payments.ts'
import { sharedRevenue } from './shared-revenue.ts'
import { play, type Stage } from './story.ts'

/** Everything that happened before today: once, and not when the month after it is billed already. */
export async function tellThePast(worker: JobsWorker, stage: Stage, now: Date): Promise<void> {
  const tenantId = tenantOf(stage.sellers, 'meridian')
  const since = { tenantId, periodStart: { gte: stage.month.start } }
  if ((await inTenant(tenantId, ({ db }) => db.billingRun.count({ where: since }))) > 0) return
  await play(worker, [
    ...partnerNearLimit(stage),
    ...prepaidCustomer(stage),
    ...earlierMonth(stage),
    ...receivedPayments(stage),
    ...cardPayments(stage, now),
    ...sharedRevenue(stage),
    ...overdueCustomers(stage, now),
  ])
}
