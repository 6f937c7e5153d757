import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { chargeDueFees } from '#app/services/credit/charge-due-fees.server.ts'
import { tellEndingIncreases } from '#app/services/credit/tell-credit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('credit')

/** Charges what fell due of a tenant's fees, page by page in a transaction each. */
async function chargeAll(tenantId: string): Promise<void> {
  const process = processOf(tenantId, {}, actor)
  while (!(await process.inTenant((ctx) => chargeDueFees(ctx))).isDone);
}

/** All that is to watch of a tenant, page by page in a transaction each. */
async function watchAll(tenantId: string): Promise<void> {
  const process = processOf(tenantId, {}, actor)
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof watchCredit>> = await process.inTenant((ctx) => watchCredit(ctx, { afterId }))
    if (page.lastId === null) return
    afterId = page.lastId
  }
}

/** Once usage was rated: takes the steps that the use of limits calls for, within seconds. */
export const watchChangedCredit = inngest.createFunction(
  {
    id: 'credit.watch-changed',
    triggers: [on('usage/rated')],
    retries: 5,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('watch', () => watchAll(data.tenantId))
  },
)

/** The same for the account that paid, or whose limit was changed. */
export const watchCreditOfAccount = inngest.createFunction(
  {
    id: 'credit.watch-account',
    triggers: [on('credit/changed'), on('payment.received')],
    retries: 5,
    concurrency: { key: 'event.data.tenantId', limit: 2 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, actor)
    await step.run('watch', () => process.inTenant((ctx) => watchCredit(ctx, { accountId: data.accountId })))
  },
)

/** Every ten minutes: fees that fell due, and what time alone brings about: an increase that ends, and the hours before services stop. */
export const watchEveryCredit = inngest.createFunction(
  { id: 'credit.watch-all', triggers: [cron('*/10 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`fees-${tenantId}`, () => chargeAll(tenantId))
      await step.run(`watch-${tenantId}`, () => watchAll(tenantId))
      await step.run(`ending-${tenantId}`, () => processOf(tenantId, {}, actor).inTenant(tellEndingIncreases))
    }
  },
)
