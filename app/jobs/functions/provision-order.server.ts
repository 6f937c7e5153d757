import { clock } from '#app/config/clock.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import {
  activateChain,
  attachChain,
  checkServer,
  createServer,
  failChain,
  invoiceChain,
  showStep,
} from '#app/services/orders/provision-order.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const checks = 150
const pause = '2s'

/**
 * Turns a placed order into a running service: orders it at every level above, has its server built, where it has one, and starts all
 * subscriptions at one instant.
 */
export const provisionOrder = inngest.createFunction(
  {
    id: 'orders.provision',
    triggers: [on('order/placed')],
    retries: 8,
    idempotency: 'event.data.orderId',
    onFailure: async ({ event, step }) => {
      const data = event.data.event.data as { tenantId: string; orderId: string }
      await step.run('give-up', async () => {
        const upstream = await orderUpstream(data)
        await failChain(upstream.ok ? upstream.value : [data], 'failed', 'cloud-unavailable')
      })
    },
  },
  async ({ event: { data }, step }) => {
    await step.run('accept', () => showStep([data], 'accepted', 'done'))
    const upstream = await step.run('order-upstream', () => orderUpstream(data))
    if (!upstream.ok) {
      await step.run('refuse', () => failChain([data], 'refused', upstream.error))
      return
    }
    const chain = upstream.value
    await step.run('show-reserved', async () => {
      await showStep(chain, 'accepted', 'done')
      await showStep(chain, 'reserved', 'done')
      await showStep(chain, 'building', 'running')
    })
    let server = await step.run('create-server', () => createServer(cloudPorts, chain))
    await step.run('attach', () => attachChain(chain, server))

    const top = chain.at(-1) ?? data
    for (let check = 1; server?.state === 'building' && check <= checks; check += 1) {
      const { ref } = server
      await step.sleep(`wait-${check}`, pause)
      server = await step.run(`check-${check}`, () => checkServer(cloudPorts, top, ref))
    }
    if (server && server.state !== 'running') {
      await step.run('fail', async () => {
        await showStep(chain, 'building', 'failed')
        await failChain(chain, 'failed', 'server-not-built')
      })
      return
    }
    const startedAt = await step.run('note-start', () => clock.now().toISOString())
    await step.run('activate', async () => {
      await showStep(chain, 'building', 'done')
      await activateChain(chain, server, new Date(startedAt))
      await showStep(chain, 'ready', 'done')
    })
    await step.run('invoice', () => invoiceChain(chain))
  },
)
