import type { GetStepTools } from 'inngest'
import { clock } from '#app/config/clock.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { awaitTransfer, giveUpTransfer, transferDays } from '#app/services/orders/await-transfer.server.ts'
import { appsOfOrder, discardServer, noteSilence, reinstall, silentPorts } from '#app/services/orders/check-apps.server.ts'
import { joinNetwork } from '#app/services/orders/join-network.server.ts'
import { beginPlaced, endPieces, startPieces } from '#app/services/orders/order-pieces.server.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { isImageThere } from '#app/services/orders/own-things.server.ts'
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

/** Whether an order that is paid by transfer is: nothing is ordered above or held meanwhile. What is paid otherwise goes on at once. */
async function isTransferred(step: Steps, order: ChainedOrder): Promise<boolean> {
  for (let day = 1; ; day += 1) {
    const awaited = await step.run(`transfer-${day}`, () => awaitTransfer(order))
    if (awaited === null || day > transferDays) return awaited === null
    await step.waitForEvent(`transferred-${day}`, {
      event: on('order/paid'),
      if: `async.data.tenantId == '${order.tenantId}' && async.data.orderId == '${awaited}'`,
      timeout: '1d',
    })
  }
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

/** Before apps that do not answer are installed once more, and called again. */
const appRetries = ['1m', '3m', '10m', '20m']
const appChecks = 30

type Handover = { readonly order: ChainedOrder; readonly chain: readonly ChainedOrder[]; readonly ref: string }

/**
 * Whether all apps of a server answer: each is called until it does. When one stays silent the order says so, its server begins anew and
 * is called again, a few times; then it is given up.
 */
async function areAppsThere(step: Steps, { order, chain, ref }: Handover): Promise<boolean> {
  const { ports, image } = await step.run('read-apps', () => appsOfOrder(order))
  if (ports.length === 0) return true
  const top = chain.at(-1) ?? order
  await step.run('show-built', async () => {
    await showStep(chain, 'building', 'done')
    await showStep([order], 'answering', 'running')
  })
  for (let turn = 0; turn <= appRetries.length; turn += 1) {
    const silent = await callApps(step, { top, ref, ports, turn })
    if (silent.length === 0) {
      await step.run('show-answering', () => showStep([order], 'answering', 'done'))
      return true
    }
    await step.run(`note-silence-${turn}`, () => noteSilence(order, silent))
    const wait = appRetries[turn]
    if (!wait) break
    await step.sleep(`before-reinstalling-${turn}`, wait)
    await step.run(`reinstall-${turn}`, () => reinstall(cloudPorts, top, { ref, image }))
  }
  return false
}

type Call = { readonly top: ChainedOrder; readonly ref: string; readonly ports: readonly number[]; readonly turn: number }

/** The ports at which nothing answers within their time. */
async function callApps(step: Steps, { top, turn, ...called }: Call): Promise<readonly number[]> {
  for (let check = 1; ; check += 1) {
    const silent = await step.run(`call-apps-${turn}-${check}`, () => silentPorts(cloudPorts, top, called))
    if (silent.length === 0 || check >= appChecks) return silent
    await step.sleep(`wait-for-apps-${turn}-${check}`, pause)
  }
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
        await endPieces(data, 'failed', 'cloud-unavailable')
      })
    },
  },
  async ({ event: { data }, step }) => {
    const refuse = (orders: readonly ChainedOrder[], why: string) => step.run('refuse', () => failChain(orders, 'refused', why))
    if (!(await step.run('accept', () => beginPlaced(data)))) return
    if (!(await isLetThrough(step, data))) {
      await refuse([data], 'not-available')
      return void (await step.run('refuse-pieces', () => endPieces(data, 'refused', 'not-available')))
    }
    await step.run('start-pieces', () => startPieces(data))
    if (!(await isTransferred(step, data))) {
      await step.run('give-up-transfer', () => giveUpTransfer(data))
      return void (await refuse([data], 'not-paid'))
    }

    const upstream = await step.run('order-upstream', () => orderUpstream(data))
    if (!upstream.ok) return void (await refuse([data], upstream.error))
    const chain = upstream.value
    const funded = await fund(step, data, chain)
    if (!funded.ok) return void (await refuse(chain, funded.error))

    const fail = (failure: string) =>
      step.run('fail', async () => {
        await showStep(chain, 'building', 'failed')
        await failChain(chain, 'failed', failure)
      })
    const isBuildable = await step.run('show-reserved', async () => {
      await showStep(chain, 'accepted', 'done')
      await showStep(chain, 'reserved', 'done')
      await showStep(chain, 'building', 'running')
      return isImageThere(cloudPorts, data)
    })
    if (isBuildable === false) return void (await fail('image-not-there'))
    let server = await step.run('create-server', () => createServer(cloudPorts, chain))
    await step.run('attach', () => attachChain(chain, server))

    const top = chain.at(-1) ?? data
    for (let check = 1; server?.state === 'building' && check <= checks; check += 1) {
      const { ref } = server
      await step.sleep(`wait-${check}`, pause)
      server = await step.run(`check-${check}`, () => checkServer(cloudPorts, top, ref))
    }
    if (server && server.state !== 'running') return void (await fail('server-not-built'))
    if (server && !(await areAppsThere(step, { order: data, chain, ref: server.ref }))) {
      const { ref } = server
      await step.run('discard', () => discardServer(cloudPorts, chain, ref))
      return void (await fail('apps-silent'))
    }
    const startedAt = await step.run('note-start', () => clock.now().toISOString())
    await step.run('activate', async () => {
      await showStep(chain, 'building', 'done')
      await activateChain(chain, server, new Date(startedAt))
      await showStep(chain, 'ready', 'done')
    })
    await step.run('invoice', () => invoiceChain(chain))
    for (let turn = 1; server && turn <= checks && !(await step.run(`join-network-${turn}`, () => joinNetwork(data))); turn += 1)
      await step.sleep(`wait-for-network-${turn}`, pause)
  },
)
