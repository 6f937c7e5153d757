import type { GetStepTools } from 'inngest'
import { clock } from '#app/config/clock.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { fundOrder, fundPaidOrder, isOrderPaid } from '#app/services/orders/pay-order-first.server.ts'
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
const reviewTime = '14d'
const paymentTime = '30m'
/** Payments of other orders that are looked at while this one waits for its own. */
const paymentsLookedAt = 50

type Steps = GetStepTools<typeof inngest>

/** Whether nothing speaks against the order, as its screening or a person says. */
async function isLetThrough(step: Steps, order: ChainedOrder): Promise<boolean> {
  const verdict = await step.run('screen', () => screenOrder(order.tenantId, order.orderId))
  if (verdict !== 'review') return verdict === 'pass'
  const reviewed = await step.waitForEvent('reviewed', { event: on('order/reviewed'), match: 'data.orderId', timeout: reviewTime })
  return reviewed?.data.verdict === 'pass'
}

/** Reserves credit at every level; a buyer without room of its own may pay meanwhile. */
async function fund(step: Steps, order: ChainedOrder, chain: readonly ChainedOrder[]) {
  const funded = await step.run('reserve', () => fundOrder(chain))
  if (!funded.ok || funded.value === 'reserved') return funded
  for (let wait = 1; wait <= paymentsLookedAt; wait += 1) {
    const paid = await step.waitForEvent(`paid-${wait}`, {
      event: on('payment-attempt/captured'),
      if: `async.data.tenantId == '${order.tenantId}' && async.data.purpose == 'order'`,
      timeout: paymentTime,
    })
    if ((await step.run(`look-at-payment-${wait}`, () => isOrderPaid(order))) || !paid) break
  }
  return step.run('reserve-paid', () => fundPaidOrder(chain))
}

/**
 * Turns a placed order into a running service: has it screened, orders it at every level above, reserves credit at each, has its server
 * built, where it has one, and starts all subscriptions at one instant.
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
    const refuse = (orders: readonly ChainedOrder[], why: string) => step.run('refuse', () => failChain(orders, 'refused', why))
    await step.run('accept', () => showStep([data], 'accepted', 'done'))
    if (!(await isLetThrough(step, data))) return void (await refuse([data], 'not-available'))

    const upstream = await step.run('order-upstream', () => orderUpstream(data))
    if (!upstream.ok) return void (await refuse([data], upstream.error))
    const chain = upstream.value
    const funded = await fund(step, data, chain)
    if (!funded.ok) return void (await refuse(chain, funded.error))

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
