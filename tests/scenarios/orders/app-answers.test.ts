import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { listSilentOrders } from '#app/reports/apps/silent-orders.server.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { appsOfOrder, discardServer, noteSilence, reinstall, silentPorts } from '#app/services/orders/check-apps.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { activateChain, attachChain, checkServer, createServer, failChain, showStep } from '#app/services/orders/provision-order.server.ts'
import { cloudPorts, inPanel, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'

// A customer of a sub-reseller: its server is ordered at three levels.
const tenantId = tenantIdOf('nakhla')
const accountId = demoId('account', 'oasis')

let now = Date.parse('2026-06-05T14:40:00Z')
const later = (seconds: number) => {
  now += seconds * 1000
  setClock(fixedClock(new Date(now).toISOString()))
}

beforeAll(async () => {
  later(0)
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
}, 90_000)
afterAll(() => setClock(fixedClock('2026-06-05T15:00:00Z')))

type Order = { readonly tenantId: string; readonly orderId: string }

/** An order of a server with nginx on it. */
async function ordered(name: string): Promise<Order> {
  const placed = await placeOrder({
    tenantId,
    accountId,
    accountIds: [accountId],
    actor: { kind: 'system', name: 'test' },
    idempotencyKey: name,
    planCode: 'web-1',
    locationCode: 'dxb-1',
    imageCode: 'nginx',
    name,
  })
  if (!placed.ok) throw new Error(placed.error)
  return { tenantId, orderId: placed.value.orderId }
}

/** Has its server begun in the cloud: the order at every level, and the server's name there. */
async function begun(order: Order): Promise<{ readonly chain: readonly Order[]; readonly ref: string }> {
  const upstream = await orderUpstream(order)
  if (!upstream.ok) throw new Error(upstream.error)
  const server = await createServer(cloudPorts, upstream.value)
  await attachChain(upstream.value, server)
  return { chain: upstream.value, ref: server?.ref ?? '' }
}

const progressOf = ({ orderId }: Order) => inPanel(tenantId, [accountId], (ctx) => readOrderProgress(ctx, orderId, 'en'))
const inOffice = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)

test('a server whose app never answers is taken away, and counts as gone since its beginning at every level', async () => {
  const order = await ordered('mute')
  const { chain, ref } = await begun(order)
  later(60)
  for (const _ of [1, 2]) await discardServer(cloudPorts, chain, ref)
  await failChain(chain, 'failed', 'apps-silent')
  expect((await checkServer(cloudPorts, chain.at(-1) ?? order, ref)).state).toBe('deleted')
  for (const level of chain) {
    const where = { tenantId: level.tenantId, name: 'mute' }
    const gone = await inTenant(level.tenantId, ({ db: rows }) => rows.resource.findFirstOrThrow({ where }))
    expect(gone).toMatchObject({ state: 'failed', deletedAt: gone.createdAt })
  }
  expect(await progressOf(order)).toMatchObject({ state: 'failed', ownProblem: 'apps-silent', isSilent: false })
})

test('a server with an app is handed over once that answers; until then its order and its seller say so', async () => {
  const order = await ordered('front')
  const progress = () => progressOf(order)
  expect((await progress())?.steps.map(({ step }) => step)).toEqual(['accepted', 'reserved', 'building', 'answering', 'ready'])
  expect(await appsOfOrder(order)).toEqual({ ports: [80], image: 'nginx' })

  const { chain, ref } = await begun(order)
  const top = chain.at(-1) ?? order
  const called = { ref, ports: [80] }
  later(5)
  expect(await silentPorts(cloudPorts, top, called)).toEqual([80])
  for (const _ of [1, 2]) await noteSilence(order, [80])
  expect(await progress()).toMatchObject({ state: 'provisioning', isSilent: true })
  expect(await inOffice(listSilentOrders)).toMatchObject([{ id: order.orderId, serverName: 'front' }])

  later(10)
  expect(await silentPorts(cloudPorts, top, called)).toEqual([])
  await reinstall(cloudPorts, top, { ref: called.ref, image: 'nginx' })
  expect(await silentPorts(cloudPorts, top, called)).toEqual([80])
  later(3)
  expect(await silentPorts(cloudPorts, top, called)).toEqual([])
  await showStep([order], 'answering', 'done')
  await activateChain(chain, await checkServer(cloudPorts, top, called.ref), new Date(now))
  expect(await progress()).toMatchObject({ state: 'active', isSilent: false })
  expect(await inOffice(listSilentOrders)).toEqual([])
})
