import { cron, NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers, openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { draftNextContracts, finaliseNextDrafts, finishBillingRun, markDrafted } from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Closes a period of one seller: draft every contract, finalise each draft, note the end. A step that runs twice finds its work done. */
export const runBilling = inngest.createFunction(
  { id: 'billing.run', triggers: [on('billing/run.requested')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, systemActor('billing run'))
    const input = { billingRunId: data.billingRunId }

    for (let page = 1, after: string | null = null; ; page += 1) {
      const afterContractId: string | null = after
      const drafted: { lastContractId: string | null; isKnown: boolean } = await step.run(`draft-${page}`, () =>
        draftNextContracts(process, { ...input, afterContractId }),
      )
      if (!drafted.isKnown) throw new NonRetriableError(`billing run ${input.billingRunId} is not there`)
      if (drafted.lastContractId === null) break
      after = drafted.lastContractId
    }
    await step.run('drafted', () => markDrafted(process, input))
    for (let batch = 1; ; batch += 1) {
      const outcome = await step.run(`finalise-${batch}`, () => finaliseNextDrafts(process, input))
      if (outcome.isDone) break
    }
    await step.run('finish', () => finishBillingRun(process, input))
  },
)

/** Every hour: opens the run of each seller whose month is over where it is. A month has one run, so an hour too many opens nothing. */
export const openBillingRuns = inngest.createFunction(
  { id: 'billing.open-due-runs', triggers: [cron('17 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`open-${tenantId}`, () => openDueRun(tenantId))
  },
)
