import { cron, NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers, openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import {
  type DraftedContracts,
  draftNextContracts,
  draftNextParked,
  finaliseNextDrafts,
  judgeDraftedRun,
} from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/**
 * Closes a period of one seller: draft what falls due, judge it, finalise each draft. It ends early when the run must wait for a person,
 * who lets it go on by another event. A step that runs twice finds its work done.
 */
export const runBilling = inngest.createFunction(
  { id: 'billing.run', triggers: [on('billing/run.requested')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, systemActor('billing run'))
    const input = { billingRunId: data.billingRunId }

    if (data.from !== 'finalise') {
      const draftNext = data.from === 'retry-parked' ? draftNextParked : draftNextContracts
      let after: string | null = null
      for (let page = 1; page === 1 || after !== null; page += 1) {
        const afterContractId: string | null = after
        const drafted: DraftedContracts = await step.run(`draft-${page}`, () => draftNext(process, { ...input, afterContractId }))
        if (!drafted.isKnown) throw new NonRetriableError(`billing run ${input.billingRunId} is not there`)
        after = drafted.lastContractId
      }
      const judged = await step.run('judge', () => judgeDraftedRun(process, input))
      if (!judged.ok || !judged.value.mayFinalise) return
    }
    for (let batch = 1; ; batch += 1) {
      const outcome = await step.run(`finalise-${batch}`, () => finaliseNextDrafts(process, input))
      if (outcome.isDone) break
    }
  },
)

/** Every hour: opens the run of each seller with a month or day to close where it is. A period has one run, so an hour too many opens nothing. */
export const openBillingRuns = inngest.createFunction(
  { id: 'billing.open-due-runs', triggers: [cron('17 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`open-${tenantId}`, () => openDueRun(tenantId))
  },
)
