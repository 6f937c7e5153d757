import { checkThing, type DeedOutcome, type DeedTarget, performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const checks = 150
const pause = '1s'

/** Has the cloud do what was asked of it, waits until that is done, and shows the outcome. */
export const performCloudDeed = inngest.createFunction(
  {
    id: 'clouds.perform-deed',
    triggers: [on('cloud/deed.requested')],
    retries: 8,
    idempotency: 'event.data.deedId',
    onFailure: async ({ event, step }) => {
      const target = event.data.event.data as DeedTarget
      await step.run('give-up', () => showDeed(target, { thing: null, problem: 'cloud-unavailable' }))
    },
  },
  async ({ event: { data }, step }) => {
    const begun = await step.run('perform', () => performDeed(cloudPorts, data))
    if (!begun) return
    let outcome: DeedOutcome = begun
    for (let check = 1; outcome.thing?.state === 'building' && check <= checks; check += 1) {
      const ref: string = outcome.thing.ref
      await step.sleep(`wait-${check}`, pause)
      outcome = await step.run(`check-${check}`, () => checkThing(cloudPorts, data, ref))
    }
    const settled = outcome
    await step.run('show', () => showDeed(data, settled))
  },
)
