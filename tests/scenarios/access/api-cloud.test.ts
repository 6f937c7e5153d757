import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import { checkThing, performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { endpoints } from '#app/web/api/endpoints.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { type ApiRequest, apiRouteAt, apiRouteFiles, callApi } from '#tests/support/api-client.ts'
import { type BuiltBook, buildCharges, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'birke.localhost'
let tenantId: string
let owner: { userId: string; accountId: string }
let other: { userId: string; accountId: string }
let key: string
let otherKey: string
let cloudRef: string
let serverId: string
let web1: string
let web2: string
let contractId: string
let book: BuiltBook
let subscriptionId: string
let present = Date.parse('2026-06-10T09:00:00Z')
let sequence = 0

/** Time goes on: what the cloud began is done. */
function pass(ms: number): void {
  present += ms
  setClock(fixedClock(new Date(present).toISOString()))
}

async function keyOf(person: { userId: string; accountId: string }, permissions?: string[]): Promise<string> {
  const all = ['server:read', 'server:write', 'subscription:read', 'subscription:write', 'usage:read']
  const input = { ...person, rights: { isOwner: true, permissions: [] }, name: 'Terraform', networks: '', expiresAt: null }
  const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, { ...input, permissions: permissions ?? all }))
  if (!added.ok) throw new Error(added.error)
  return added.value.secret
}

type Asked = Omit<ApiRequest, 'host' | 'path' | 'method'>
const get = (path: string, asked: Asked = {}) => callApi({ host, key, path, ...asked })
const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, asked: Asked = {}) =>
  callApi({ host, key, method, path, idempotencyKey: `k-${sequence++}`, ...(body === undefined ? {} : { body }), ...asked })

/** What the job does with everything that waits. */
async function carryOut(): Promise<void> {
  const open = await inTenant(tenantId, ({ db }) =>
    db.cloudDeed.findMany({ where: { tenantId, state: 'requested' }, select: { id: true }, orderBy: { id: 'asc' } }),
  )
  for (const { id: deedId } of open) {
    const target = { tenantId, deedId }
    const outcome = await performDeed(cloudPorts, target)
    if (!outcome) continue
    pass(10_000)
    const ref = outcome.thing?.state === 'building' ? outcome.thing.ref : null
    await showDeed(target, ref ? await checkThing(cloudPorts, target, ref) : outcome)
  }
}

/** Asks for something, has it done, and returns what it was about. */
async function done(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<string> {
  const asked = await send(method, path, body)
  if (asked.status !== 202) throw new Error(`${method} ${path}: ${JSON.stringify(asked.body)}`)
  await carryOut()
  const { body: operation } = await get(`/operations/${asked.body.id}`)
  expect(operation).toMatchObject({ id: asked.body.id, state: 'done', problem: null })
  return operation.resource_id as unknown as string
}

const codeOf = ({ status, body }: { status: number; body: Record<string, never> }) => `${status} ${body.code}`

beforeAll(async () => {
  pass(0)
  tenantId = await growTenant('birke')
  owner = await register(tenantId, 'code@kunde.example')
  other = await register(tenantId, 'other@kunde.example')
  web1 = await buildProduct(tenantId, 'Web 1')
  web2 = await buildProduct(tenantId, 'Web 2')
  const usage = { feeKind: 'usage', unit: 'GiB-hour' } as const
  const built = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '19', productId: web1 },
    { feeKind: 'recurring', price: '79', productId: web2 },
    { ...usage, meter: 'volume', price: '0.0001' },
    { ...usage, meter: 'template', price: '0.0001' },
    { ...usage, meter: 'backup', price: '0.0001' },
    { feeKind: 'usage', unit: 'hour', meter: 'address', price: '0.004' },
    { feeKind: 'usage', unit: 'hour', meter: 'load-balancer', price: '0.0075' },
  ])
  book = built
  contractId = await inTenant(tenantId, async ({ db }) => {
    const terms = { priceBookId: built.priceBookId, feesInAdvance: true, creditLimitMinor: 10_000_000n }
    await db.contract.updateMany({ where: { tenantId }, data: terms })
    return (await db.contract.findFirstOrThrow({ where: { tenantId, accountId: owner.accountId }, select: { id: true } })).id
  })
  subscriptionId = toPublicId(
    'subscription',
    await buildSubscription(tenantId, { accountId: owner.accountId, contractId, productId: web1, startedAt: '2026-05-09T10:00:00Z' }),
  )
  cloudRef = await buildCloud(tenantId)
  const { ids } = await buildServer(cloudRef, 'web-1', [{ tenantId, accountId: owner.accountId }])
  serverId = toPublicId('resource', ids[0] ?? '')
  pass(10_000)
  key = await keyOf(owner)
  otherKey = await keyOf(other)
}, 60_000)
afterAll(() => setClock())

describe('the reference', () => {
  test('describes every address that answers, and every address it describes answers', async () => {
    const answering = new Set<string>()
    for (const { path, method } of Object.values(endpoints)) {
      const real = path.replaceAll(/\{\w+\}/g, 'x_0')
      answering.add(apiRouteAt(`/api/v1${real}`).file)
      const { status, body } = await callApi({ host, method: method.toUpperCase() as 'GET', path: real })
      expect(`${method} ${path}: ${status} ${body.code}`).toBe(`${method} ${path}: 401 key-missing`)
    }
    expect(apiRouteFiles.filter((file) => !answering.has(file)).sort()).toEqual(['api.v1.$.ts', 'api.v1.openapi[.]json.ts'])
  })

  test('what nothing answers is not found, and another method is told which there are', async () => {
    expect(codeOf(await get('/rockets'))).toBe('404 not-found')
    expect(codeOf(await get('/volumes/vol_0/launch'))).toBe('404 not-found')
    const refused = await send('DELETE', '/volumes')
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, POST'])
  })
})

describe('what is in the cloud', () => {
  test('a volume is asked for, followed by its operation, used and deleted', async () => {
    const id = await done('POST', '/volumes', { name: 'data', location: 'fra-1', size_gib: 20 })
    expect((await get(`/volumes/${id}`)).body).toMatchObject({ id, name: 'data', state: 'ready', size_gib: 20, server_id: null })
    await done('POST', `/volumes/${id}/attach`, { server_id: serverId })
    expect(codeOf(await send('DELETE', `/volumes/${id}`))).toBe('409 still-attached')
    expect(codeOf(await send('POST', `/volumes/${id}/resize`, { size_gib: 10 }))).toBe('422 volume-only-grows')
    await done('POST', `/volumes/${id}/resize`, { size_gib: 30 })
    expect((await get(`/volumes/${id}`)).body).toMatchObject({ size_gib: 30, server_id: serverId })
    await done('POST', `/volumes/${id}/detach`)
    await done('DELETE', `/volumes/${id}`)
    expect(codeOf(await get(`/volumes/${id}`))).toBe('404 not-found')
  })

  test('what costs money is asked for with a key of the request, and then once', async () => {
    const body = { name: 'once', location: 'fra-1', size_gib: 5 }
    expect(codeOf(await callApi({ host, key, method: 'POST', path: '/volumes', body }))).toBe('400 idempotency-key-missing')
    const first = await send('POST', '/volumes', body, { idempotencyKey: 'once' })
    const again = await send('POST', '/volumes', body, { idempotencyKey: 'once' })
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect(codeOf(await send('POST', '/volumes', { ...body, size_gib: 6 }, { idempotencyKey: 'once' }))).toBe('422 idempotency-key-reused')
    const large = { name: 'large', location: 'fra-1', size_gib: 10_000 }
    await inTenant(tenantId, ({ db }) =>
      db.contract.updateMany({ where: { tenantId, id: contractId }, data: { creditLimitMinor: 2_000n } }),
    )
    expect(codeOf(await send('POST', '/volumes', large))).toBe('409 no-credit')
    // The answer of the first stays the answer, whatever is left by now.
    expect((await send('POST', '/volumes', body, { idempotencyKey: 'once' })).body).toEqual(first.body)
    await inTenant(tenantId, ({ db }) =>
      db.contract.updateMany({ where: { tenantId, id: contractId }, data: { creditLimitMinor: 10_000_000n } }),
    )
    await carryOut()
  })

  test('fields are refused by their rules, in the words of the API', async () => {
    const wrong = await send('POST', '/volumes', { name: ' ', location: 'fra-1', size_gib: 20_000, colour: 'red' })
    expect(wrong.body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/colour', code: 'unknown' }] })
    const broken = await send('POST', '/volumes', { name: ' ', location: 'fra-1', size_gib: 20_000 })
    expect(broken.body.errors).toEqual([
      { pointer: '/name', code: 'required' },
      { pointer: '/size_gib', code: 'volume-size' },
    ])
    const refused = await send('POST', '/networks', { name: 'inner', location: 'fra-1', range: '8.8.8.0/24' })
    expect([codeOf(refused), refused.body.detail]).toEqual([
      '422 range-not-private',
      'Wählen Sie einen Bereich in 10.0.0.0/8, 172.16.0.0/12 oder 192.168.0.0/16.',
    ])
  })

  test('addresses, networks, zones, rules and images are what they were set to', async () => {
    const address = await done('POST', '/addresses', { location: 'fra-1' })
    await done('POST', `/addresses/${address}/attach`, { server_id: serverId })
    await done('PUT', `/addresses/${address}/reverse-name`, { reverse_name: 'mail.kunde.example' })
    expect((await get(`/addresses/${address}`)).body).toMatchObject({
      server_id: serverId,
      reverse_name: 'mail.kunde.example',
      address: expect.stringMatching(/^\d+\./),
    })
    const network = await done('POST', '/networks', { name: 'inner', location: 'fra-1', range: '10.1.0.0/24' })
    await done('POST', `/networks/${network}/join`, { server_id: serverId })
    expect((await get('/networks')).body.data).toMatchObject([{ id: network, range: '10.1.0.0/24', server_ids: [serverId] }])

    const port = { protocol: 'tcp', port: 443, server_port: 8443 }
    const front = { name: 'front', location: 'fra-1', algorithm: 'round-robin', rules: [port] }
    expect(codeOf(await send('POST', '/load-balancers', { ...front, rules: [port, port] }))).toBe('422 port-taken')
    const balancer = await done('POST', '/load-balancers', front)
    await done('POST', `/load-balancers/${balancer}/join`, { server_id: serverId })
    await done('PUT', `/load-balancers/${balancer}/balancing`, { algorithm: 'source', rules: [port] })
    expect((await get(`/load-balancers/${balancer}`)).body).toMatchObject({
      id: balancer,
      algorithm: 'source',
      rules: [port],
      address: expect.stringMatching(/^\d+\./),
      members: [{ server_id: serverId, is_healthy: true }],
    })
    expect((await get('/load-balancers')).body.data).toMatchObject([{ members: [{ server_id: serverId, is_healthy: null }] }])
    await done('DELETE', `/load-balancers/${balancer}`)

    const zone = await done('POST', '/dns-zones', { domain: 'Kunde.example.' })
    const records = [{ name: '@', type: 'A', ttl_seconds: 300, value: '203.0.113.7' }]
    await done('PUT', `/dns-zones/${zone}/records`, { records })
    expect((await get(`/dns-zones/${zone}`)).body).toMatchObject({ name: 'kunde.example', records })
    const nowhere = await send('PUT', `/dns-zones/${zone}/records`, { records: [{ ...records[0], value: 'nowhere' }] })
    expect(codeOf(nowhere)).toBe('422 malformed-ipv4')

    const rules = [{ direction: 'in', protocol: 'tcp', first_port: 443, last_port: 443, range: '0.0.0.0/0' }]
    await done('PUT', `/servers/${serverId}/firewall`, { rules })
    expect((await get(`/servers/${serverId}/firewall`)).body).toEqual({ server_id: serverId, rules })

    const image = await done('POST', '/images', { server_id: serverId, name: 'golden' })
    await done('POST', `/servers/${serverId}/rebuild`, { image })
    const fetched = await done('POST', '/images/from-url', { name: 'own', location: 'fra-1', url: 'https://example.com/own.qcow2' })
    const first = await get('/images?limit=1')
    expect(first.body).toMatchObject({ data: [{ id: fetched }], has_more: true })
    expect((await get(`/images?limit=1&cursor=${first.body.next_cursor}`)).body).toMatchObject({ data: [{ id: image }], has_more: false })
    const backup = await done('POST', '/backups', { server_id: serverId, name: 'before' })
    await done('POST', `/servers/${serverId}/restore`, { backup_id: backup })
  })

  test('of another account is not there, to look at or to change, and is no server to give things to', async () => {
    const id = await done('POST', '/volumes', { name: 'mine', location: 'fra-1', size_gib: 1 })
    expect((await get('/volumes', { key: otherKey })).body.data).toEqual([])
    expect(codeOf(await get(`/volumes/${id}`, { key: otherKey }))).toBe('404 not-found')
    expect(codeOf(await send('DELETE', `/volumes/${id}`, undefined, { key: otherKey }))).toBe('404 not-found')
    expect(codeOf(await get(`/servers/${serverId}/firewall`, { key: otherKey }))).toBe('404 not-found')
    const body = { server_id: serverId, name: 'stolen' }
    expect(codeOf(await send('POST', '/images', body, { key: otherKey }))).toBe('422 server-not-found')
    const reading = await keyOf(owner, ['server:read'])
    expect(codeOf(await send('DELETE', `/volumes/${id}`, undefined, { key: reading }))).toBe('403 permission-missing')
  })
})

describe('a subscription', () => {
  const change = (body: object) => send('POST', `/subscriptions/${subscriptionId}/changes`, body)
  const preview = (body: object) => send('POST', `/subscriptions/${subscriptionId}/preview`, body)

  test('shows what a change costs before it is asked for, and takes it back', async () => {
    expect((await get('/subscriptions')).body.data).toMatchObject([{ id: subscriptionId, product: 'Web 1', state: 'active' }])
    const plan = { change: 'plan', product_id: toPublicId('product', web2), when: 'period-end' }
    const shown = await preview(plan)
    expect(shown.body).toMatchObject({
      effective_at: '2026-06-30T22:00:00.000Z',
      next_before: { minor: '1900', currency: 'EUR' },
      next_after: { minor: '7900', currency: 'EUR' },
    })
    expect(codeOf(await preview({ change: 'plan' }))).toBe('400 invalid-request')
    expect(codeOf(await preview({ change: 'resume' }))).toBe('409 not-paused')

    const asked = await change(plan)
    expect(asked).toMatchObject({ status: 202, body: { action: 'plan', state: 'pending', subscription_id: subscriptionId } })
    expect(codeOf(await change({ change: 'cancel', when: 'now' }))).toBe('409 change-pending')
    expect((await get(`/subscriptions/${subscriptionId}`)).body.changes).toMatchObject([{ id: asked.body.id, state: 'scheduled' }])
    const undone = await send('DELETE', `/subscriptions/${subscriptionId}/changes/${asked.body.id}`)
    expect(undone).toMatchObject({ status: 200, body: { state: 'failed', problem: 'cancelled' } })
    expect(codeOf(await send('PUT', `/subscriptions/${subscriptionId}/renewal`, { renews: false }))).toBe('409 no-fixed-term')
  })

  test('is ended now or with its period, by its own buyer alone', async () => {
    const end = { change: 'cancel', when: 'period-end' }
    expect(codeOf(await send('POST', `/subscriptions/${subscriptionId}/changes`, end, { key: otherKey }))).toBe('404 not-found')
    const asked = await change(end)
    expect(asked).toMatchObject({ status: 202, body: { action: 'cancel', state: 'pending' } })
    const blind = await keyOf(owner, ['server:read'])
    expect(codeOf(await get(`/operations/${asked.body.id}`, { key: blind }))).toBe('403 permission-missing')
    expect((await get(`/operations/${asked.body.id}`)).body).toEqual(asked.body)
  })
})

test('usage of any period is told as it was counted and as it was rated, in pages that lose nothing', async () => {
  const usage = { accountId: owner.accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[2] ?? '' }
  await buildCharges(tenantId, [
    { ...usage, billingPeriod: '2019-03-01', day: '2019-03-05', quantity: '1', amount: '1.005' },
    { ...usage, billingPeriod: '2026-06-01', quantity: '2', amount: '2.005' },
    { ...usage, billingPeriod: '2026-06-01', quantity: '3', amount: '3.005', included: '1', billed: '2' },
    { ...usage, billingPeriod: '2026-06-01', day: '2026-06-02', quantity: '4', amount: '4.005' },
  ])
  const span = 'from=2018-01-01&to=2026-06-30'
  const days = await get(`/usage?${span}`)
  expect(days.body.data).toMatchObject([
    { day: '2019-03-05', quantity: '1', net: { amount: '1.005', currency: 'EUR' } },
    { day: '2026-06-01', quantity: '5', net: { amount: '5.01' } },
    { day: '2026-06-02', quantity: '4', net: { amount: '4.005' } },
  ])
  const collected: unknown[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof get>> = await get(`/usage/records?${span}&limit=1${cursor && `&cursor=${cursor}`}`)
    collected.push(...(page.body.data as unknown as { quantity: string }[]).map(({ quantity }) => quantity))
    cursor = page.body.next_cursor as unknown as string | null
  }
  expect(collected).toEqual(['1', '2', '3', '4'])
  expect((await get(`/usage/records?${span}&limit=1`)).body.data).toMatchObject([
    { meter: 'traffic.sent', quantity: '1', included_quantity: '0', net: { amount: '1.005' }, invoice_id: null },
  ])
  expect((await get('/usage?from=2010-01-01&to=2026-06-30')).body.code).toBe('range-too-long')
})
