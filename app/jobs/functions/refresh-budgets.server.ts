import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { refreshBudgets } from '#app/services/budgets/refresh-budgets.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Counts budgets anew when usage of their accounts was rated, or when one was set or changed. One at a time in a tenant. */
export const refreshBudgetsOfTenant = inngest.createFunction(
  {
    id: 'budgets.refresh',
    triggers: [on('usage/rated'), on('budget/changed')],
    retries: 4,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { name, data }, step }) => {
    if (name === 'usage/rated') await step.run('refresh', () => refreshBudgets(data.tenantId, { batchId: data.batchId }))
    if (name === 'budget/changed') await step.run('refresh', () => refreshBudgets(data.tenantId, { accountId: data.accountId }))
  },
)

/** Every quarter of an hour: fees that were charged, and periods that began. */
export const refreshEveryBudget = inngest.createFunction(
  { id: 'budgets.refresh-all', triggers: [cron('7,22,37,52 * * * *')], retries: 2 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`refresh-${tenantId}`, () => refreshBudgets(tenantId, 'all'))
  },
)
