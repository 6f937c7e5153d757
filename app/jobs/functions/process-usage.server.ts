import { handDownBatch, mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Judges and rates a batch that a cloud delivered, then hands it down. One batch of a tenant at a time. */
export const processReceivedUsage = inngest.createFunction(
  { id: 'usage.process-received', triggers: [on('usage/received')], retries: 8, concurrency: { key: 'event.data.tenantId', limit: 1 } },
  async ({ event: { data }, step }) => {
    await step.run('mediate', () => mediateBatch(data))
    await step.run('rate', () => rateBatch(data))
    await step.run('hand-down', () => handDownBatch(data))
  },
)

/** Rates what a parent handed down, and hands on what belongs to resellers of this tenant. */
export const processHandedDownUsage = inngest.createFunction(
  {
    id: 'usage.process-handed-down',
    triggers: [on('usage/handed-down')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('rate', () => rateBatch(data))
    await step.run('hand-down', () => handDownBatch(data))
  },
)
