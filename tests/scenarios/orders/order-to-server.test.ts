import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { noticePorts } from '#app/jobs/notice-ports.server.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { readServer } from '#app/reports/servers/query.server.ts'
import { addSshKey, removeSshKey } from '#app/services/access/ssh-keys.server.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { drivableConnection } from '#app/services/clouds/cloud-ports.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { activateChain, attachChain, checkServer, createServer, failChain } from '#app/services/orders/provision-order.server.ts'
import { tellServerReady } from '#app/services/orders/tell-server-ready.server.ts'
import { performInCloud, showServerAction } from '#app/services/servers/perform-server-action.server.ts'
import { requestServerAction } from '#app/services/servers/request-server-action.server.ts'
import { applyChange } from '#app/services/subscriptions/apply-change.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { cloudPorts, inPanel, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { sshKeys } from '#tests/support/ssh-keys.ts'

const nakhla = tenantIdOf('nakhla')
const oasis = demoId('account', 'oasis')
const burj = demoId('account', 'burj-retail')
const ordered = '2026-06-05T14:40:00Z'

const order = (facts: Partial<PlaceOrderInput> = {}): PlaceOrderInput => ({
  tenantId: nakhla,
  accountIds: [oasis],
  accountId: oasis,
  planCode: 'web-1',
  locationCode: 'dxb-1',
  imageCode: 'debian-12',
  name: 'booking',
  idempotencyKey: 'form-1',
  actor: { kind: 'system', name: 'test' },
  ...facts,
})

async function placed(facts: Partial<PlaceOrderInput> = {}): Promise<string> {
  const result = await placeOrder(order(facts))
  if (!result.ok) throw new Error(result.error)
  return result.value.orderId
}

async function built(orderId: string) {
  const upstream = await orderUpstream({ tenantId: nakhla, orderId })
  if (!upstream.ok) throw new Error(upstream.error)
  const chain = upstream.value
  const server = await createServer(cloudPorts, chain)
  await attachChain(chain, server)
  return { chain, server }
}

beforeAll(async () => {
  setClock(fixedClock(ordered))
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
}, 60_000)

afterEach(() => setClock(fixedClock(ordered)))

test('an order three levels deep is placed once at every level, at each level’s own price for 26 of 30 days', async () => {
  const { chain } = await built(await placed())
  const orders = await Promise.all(
    chain.map(({ tenantId, orderId }) =>
      inTenant(tenantId, ({ db }) =>
        db.order.findUniqueOrThrow({
          where: { tenantId_id: { tenantId, id: orderId } },
          select: { currency: true, netMinor: true, taxMinor: true },
        }),
      ),
    ),
  )
  expect(orders).toEqual([
    { currency: 'AED', netMinor: 17180n, taxMinor: 859n },
    { currency: 'CHF', netMinor: 2887n, taxMinor: 0n },
    { currency: 'EUR', netMinor: 2382n, taxMinor: 0n },
  ])
})

test('the server starts for everybody at one instant, and the buyer sees its address', async () => {
  const orderId = await placed({ idempotencyKey: 'form-2', name: 'reception' })
  const { chain, server } = await built(orderId)
  setClock(fixedClock('2026-06-05T14:40:10Z'))
  const top = chain.at(-1) ?? { tenantId: '', orderId: '' }
  const running = await checkServer(cloudPorts, top, server?.ref ?? '')
  await activateChain(chain, running, new Date('2026-06-05T14:40:10Z'))

  const progress = await inPanel(nakhla, [oasis], (ctx) => readOrderProgress(ctx, orderId, 'en'))
  expect(progress).toMatchObject({ state: 'active', serverName: 'reception', address: running.address })
  const starts = await Promise.all(
    chain.map(({ tenantId, orderId: id }) =>
      inTenant(tenantId, ({ db }) =>
        db.subscription.findFirstOrThrow({ where: { tenantId, orderId: id }, select: { state: true, startedAt: true } }),
      ),
    ),
  )
  expect(starts).toEqual(Array(3).fill({ state: 'active', startedAt: new Date('2026-06-05T14:40:10Z') }))

  const completed = (tenantId: string) => inTenant(tenantId, ({ db }) => db.outboxEvent.findMany({ where: { name: 'order/completed' } }))
  expect((await Promise.all(chain.map(({ tenantId }) => completed(tenantId)))).map((events) => events.length)).toEqual([1, 0, 0])
  for (const _ of [1, 2]) await inTenant(nakhla, (ctx) => tellServerReady(ctx, orderId))
  const [notice, ...others] = await inTenant(nakhla, ({ db }) => db.notice.findMany({ where: { code: 'server-ready' } }))
  expect(others).toEqual([])
  const { mails, mailer } = keepingMailer()
  await mailNotice(processOf(nakhla, { ...noticePorts(), mailer }), notice?.id ?? '')
  const [mail] = mails.values()
  expect([mail?.language, mail?.text]).toEqual(['ar', expect.stringContaining(running.address ?? '-')])
  expect(mail?.subject).toContain('reception')
})

test('every step may run again and changes nothing', async () => {
  const orderId = await placed({ idempotencyKey: 'form-3', name: 'again' })
  const once = await built(orderId)
  const twice = await built(await placed({ idempotencyKey: 'form-3', name: 'again' }))
  expect(twice.chain).toEqual(once.chain)
  expect(twice.server?.ref).toBe(once.server?.ref ?? 'none')
  const resources = await inTenant(nakhla, ({ db }) => db.resource.count({ where: { tenantId: nakhla, name: 'again' } }))
  expect(resources).toBe(1)
})

test('a server that cannot be built ends the order at every level and is never charged', async () => {
  const { chain } = await built(await placed({ idempotencyKey: 'form-4', name: 'doomed' }))
  await failChain(chain, 'failed', 'server-not-built')
  const states = await Promise.all(
    chain.map(({ tenantId, orderId }) =>
      inTenant(tenantId, ({ db }) =>
        db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } }, select: { state: true, failure: true } }),
      ),
    ),
  )
  expect(states).toEqual(Array(3).fill({ state: 'failed', failure: 'server-not-built' }))
  const active = await inTenant(nakhla, ({ db }) => db.subscription.count({ where: { tenantId: nakhla, name: 'doomed', state: 'active' } }))
  expect(active).toBe(0)
})

test('nobody orders for an account that is not theirs', async () => {
  expect(await placeOrder(order({ accountIds: [burj], idempotencyKey: 'form-5' }))).toEqual({ ok: false, error: 'account-not-found' })
})

test('what is not offered is refused at its field', async () => {
  const fresh = (facts: Partial<PlaceOrderInput>) => order({ idempotencyKey: 'form-8', ...facts })
  expect(await placeOrder(order({ name: 'two words' }))).toEqual({ ok: false, error: 'malformed-name' })
  expect(await placeOrder(fresh({ planCode: 'web-9' }))).toEqual({ ok: false, error: 'plan-not-found' })
  expect(await placeOrder(fresh({ locationCode: 'moon-1' }))).toEqual({ ok: false, error: 'location-not-offered' })
  expect(await placeOrder(fresh({ imageCode: 'dos-6' }))).toEqual({ ok: false, error: 'image-not-offered' })
  expect(await placeOrder(order({ sshKey: 'not a key' }))).toEqual({ ok: false, error: 'malformed-ssh-key' })
  expect(await placeOrder(order({ sshKey: '-----BEGIN OPENSSH PRIVATE KEY-----' }))).toEqual({ ok: false, error: 'private-ssh-key' })
})

test('an order keeps the text of the key that its buyer stored, and takes nobody else’s', async () => {
  const { userId } = await inTenant(nakhla, ({ db }) => db.membership.findFirstOrThrow({ where: { tenantId: nakhla, accountId: oasis } }))
  const holder = { accountId: oasis, userId }
  const added = await inTenant(nakhla, (ctx) => addSshKey(ctx, { ...holder, name: 'Laptop', text: sshKeys.ed25519.text }))
  if (!added.ok) throw new Error(added.error)
  const sshKeyId = added.value.id
  const actor = { kind: 'user', userId } as const
  const orderId = await placed({ idempotencyKey: 'form-9', name: 'keyed', sshKeyId, actor })
  expect((await inTenant(nakhla, (ctx) => removeSshKey(ctx, { ...holder, id: sshKeyId }))).ok).toBe(true)
  const kept = await inTenant(nakhla, ({ db }) => db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId: nakhla, id: orderId } } }))
  expect(kept.input).toMatchObject({ sshKey: sshKeys.ed25519.text })
  expect(kept.input).not.toHaveProperty('sshKeyId')
  expect(await placeOrder(order({ idempotencyKey: 'form-10', sshKeyId, actor }))).toEqual({ ok: false, error: 'ssh-key-gone' })
  const other = await inTenant(nakhla, (ctx) => addSshKey(ctx, { ...holder, accountId: burj, name: '', text: sshKeys.rsa.text }))
  const foreign = other.ok ? other.value.id : ''
  expect(await placeOrder(order({ idempotencyKey: 'form-11', sshKeyId: foreign, actor }))).toEqual({ ok: false, error: 'ssh-key-gone' })
})

test('a server is stopped, and destroyed only by its typed name, for every level at once', async () => {
  const { chain, server } = await built(await placed({ idempotencyKey: 'form-6', name: 'short-lived' }))
  setClock(fixedClock('2026-06-05T14:41:00Z'))
  const top = chain.at(-1) ?? { tenantId: '', orderId: '' }
  await activateChain(chain, await checkServer(cloudPorts, top, server?.ref ?? ''), new Date('2026-06-05T14:41:00Z'))
  const { id: resourceId } = await inTenant(nakhla, ({ db }) =>
    db.resource.findFirstOrThrow({ where: { tenantId: nakhla, name: 'short-lived' }, select: { id: true } }),
  )
  const ask = (confirmedName?: string) =>
    inPanel(nakhla, [oasis], (ctx) => requestServerAction(ctx, { resourceId, action: 'destroy', userName: 'Omar Haddad', confirmedName }))
  expect(await ask('short')).toEqual({ ok: false, error: 'name-not-confirmed' })
  expect(await ask('short-lived')).toEqual({ ok: true, value: undefined })
  expect(await ask('short-lived')).toEqual({ ok: false, error: 'action-pending' })

  const performed = await performInCloud(cloudPorts, { tenantId: nakhla, resourceId, action: 'destroy' }, new Date('2026-06-05T15:00:00Z'))
  if (performed) await showServerAction(nakhla, 'destroy', performed)
  const ends = await Promise.all(
    chain.map(({ tenantId, orderId }) =>
      inTenant(tenantId, ({ db }) =>
        db.subscription.findFirstOrThrow({ where: { tenantId, orderId }, select: { state: true, endedAt: true } }),
      ),
    ),
  )
  expect(ends).toEqual(Array(3).fill({ state: 'ended', endedAt: new Date('2026-06-05T15:00:00Z') }))
  expect((await inPanel(nakhla, [oasis], (ctx) => readServer(ctx, resourceId, 'en')))?.activity.map((event) => event.action)).toContain(
    'requested-destroy',
  )
})

test('a larger plan makes the server larger in the cloud, at the instant of the change', async () => {
  const { chain, server } = await built(await placed({ idempotencyKey: 'form-12', name: 'growing' }))
  setClock(fixedClock('2026-06-05T14:41:00Z'))
  const top = chain.at(-1) ?? { tenantId: '', orderId: '' }
  await activateChain(chain, await checkServer(cloudPorts, top, server?.ref ?? ''), new Date('2026-06-05T14:41:00Z'))
  const { id: resourceId, subscriptionId } = await inTenant(nakhla, ({ db }) =>
    db.resource.findFirstOrThrow({ where: { tenantId: nakhla, name: 'growing' }, select: { id: true, subscriptionId: true } }),
  )
  const { id: productId } = await inTenant(nakhla, ({ db }) =>
    db.product.findFirstOrThrow({ where: { tenantId: nakhla, code: 'web-2' }, select: { id: true } }),
  )

  setClock(fixedClock('2026-06-05T16:00:00Z'))
  const asked = { subscriptionId: subscriptionId ?? '', change: { kind: 'plan', productId }, when: 'now', chosenBy: 'buyer' } as const
  const requested = await inPanel(nakhla, [oasis], (ctx) => requestChange(ctx, asked))
  if (!requested.ok) throw new Error(requested.error)
  expect(await applyChange({ tenantId: nakhla, changeId: requested.value.changeId })).toBe('applied')
  const shown = () => inPanel(nakhla, [oasis], (ctx) => readServer(ctx, resourceId, 'en'))
  expect((await shown())?.pendingAction).toBe('resize')

  const performed = await performInCloud(cloudPorts, { tenantId: nakhla, resourceId, action: 'resize' }, new Date('2026-06-05T16:00:00Z'))
  if (performed) await showServerAction(nakhla, 'resize', performed)
  expect(await shown()).toMatchObject({ pendingAction: null, state: 'running' })
  setClock(fixedClock('2026-06-05T18:00:00Z'))
  expect(await vcpuByHour(top.tenantId, server?.ref ?? '')).toEqual(['14 1', '15 1', '16 4', '17 4'])
})

/** The size that the cloud's own metering has of a server, hour by hour. */
async function vcpuByHour(tenantId: string, ref: string): Promise<string[]> {
  const connection = await inTenant(tenantId, drivableConnection)
  const hours: string[] = []
  const span = { from: new Date('2026-06-05T00:00:00Z'), to: new Date('2026-06-06T00:00:00Z') }
  for await (const page of cloudPorts.driverFor(connection).fetchUsage(span))
    for (const { resourceRef, usageType, windowStart, dimensions } of page)
      if (resourceRef === ref && usageType === '2') hours.push(`${windowStart.getUTCHours()} ${dimensions.cpuNumber}`)
  return hours
}

test('another customer sees neither the order nor the server', async () => {
  const orderId = await placed({ idempotencyKey: 'form-7', name: 'private' })
  expect(await inPanel(nakhla, [burj], (ctx) => readOrderProgress(ctx, orderId, 'en'))).toBeNull()
})
