import { clock } from '#app/config/clock.server.ts'
import {
  type PerformServerActionInput,
  performInCloud,
  releaseServerAction,
  showServerAction,
} from '#app/services/servers/perform-server-action.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Carries out what was asked of a server, then shows it at every level. */
export const performServerAction = inngest.createFunction(
  {
    id: 'servers.perform-action',
    triggers: [on('server/action.requested')],
    retries: 8,
    concurrency: { key: 'event.data.resourceId', limit: 1 },
    onFailure: async ({ event, step }) => {
      await step.run('release', () => releaseServerAction(event.data.event.data as PerformServerActionInput))
    },
  },
  async ({ event: { data }, step }) => {
    const performed = await step.run('perform', () => performInCloud(cloudPorts, data, clock.now()))
    if (performed) await step.run('show', () => showServerAction(data.tenantId, data.action, performed))
    else await step.run('release', () => releaseServerAction(data))
  },
)
