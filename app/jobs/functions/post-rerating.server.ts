import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { finishReRate, markPreviewed, postNextContract, previewNextContracts } from '#app/services/rerating/run-re-rate.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** The dry run of a re-rating, page by page of contracts. A page that runs twice writes the same lines. */
export const previewReRating = inngest.createFunction(
  { id: 'rerating.preview', triggers: [on('rerate/requested')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, systemActor('re-rating'))
    for (let page = 1, after: string | null = null; ; page += 1) {
      const afterContractId: string | null = after
      const outcome: { lastContractId: string | null; isKnown: boolean } = await step.run(`preview-${page}`, async () => {
        const previewed = await previewNextContracts(process, { runId: data.runId, afterContractId })
        return previewed.ok ? { ...previewed.value, isKnown: true } : { lastContractId: null, isKnown: false }
      })
      if (!outcome.isKnown) throw new NonRetriableError(`re-rating ${data.runId} is not there`)
      if (outcome.lastContractId === null) break
      after = outcome.lastContractId
    }
    await step.run('previewed', () => markPreviewed(process, { runId: data.runId }))
  },
)

/** Posts an approved re-rating, one contract a step. A step that runs twice finds its lines posted. */
export const postReRating = inngest.createFunction(
  { id: 'rerating.post', triggers: [on('rerate/approved')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, {}, systemActor('re-rating'))
    for (let contract = 1; ; contract += 1) {
      const outcome = await step.run(`post-${contract}`, () => postNextContract(process, { runId: data.runId }))
      if (outcome.isDone) break
    }
    await step.run('finish', () => finishReRate(process, { runId: data.runId }))
  },
)
