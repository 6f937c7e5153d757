import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import { performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { type ApiRequest, callApi } from '#tests/support/api-client.ts'
import { buildPriceBook } from '#tests/support/builders.ts'
import { wordsInDump } from '#tests/support/dump.ts'
import { buildCloud } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'eibe.localhost'
const secretShape = /^[a-z2-9]{4}(-[a-z2-9]{4}){5}$/
let tenantId: string
let key: string
let readKey: string
let networkId: string
let present = Date.parse('2026-06-10T09:00:00Z')
let sequence = 0

function pass(ms: number): void {
  present += ms
  setClock(fixedClock(new Date(present).toISOString()))
}

type Asked = Omit<ApiRequest, 'host' | 'path' | 'method'>
const get = (path: string, asked: Asked = {}) => callApi({ host, key, path, ...asked })
const send = (method: 'POST' | 'DELETE', path: string, body?: unknown, asked: Asked = {}) =>
  callApi({ host, key, method, path, idempotencyKey: `k-${sequence++}`, ...(body === undefined ? {} : { body }), ...asked })
const codeOf = ({ status, body }: { status: number; body: Record<string, never> }) => `${status} ${body.code}`

/** What the job does with everything that waits. */
async function carryOut(): Promise<void> {
  const open = await inTenant(tenantId, ({ db }) => db.cloudDeed.findMany({ where: { state: 'requested' }, orderBy: { id: 'asc' } }))
  for (const { id: deedId } of open) {
    const target = { tenantId, deedId }
    const outcome = await performDeed(cloudPorts, target)
    pass(10_000)
    if (outcome) await showDeed(target, outcome)
  }
}

/** Asks for something and has it done; returns what was answered. */
async function done(method: 'POST' | 'DELETE', path: string, body?: unknown) {
  const asked = await send(method, path, body)
  if (asked.status !== 202) throw new Error(`${method} ${path}: ${JSON.stringify(asked.body)}`)
  await carryOut()
  expect((await get(`/operations/${asked.body.id}`)).body).toMatchObject({ state: 'done', problem: null })
  return asked.body as unknown as { readonly secret?: string | null; readonly resource_id: string }
}

beforeAll(async () => {
  pass(0)
  tenantId = await growTenant('eibe')
  const owner = await register(tenantId, 'code@kunde.example')
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'usage', unit: 'hour', meter: 'vpn-user', price: '0.005' }])
  await inTenant(tenantId, ({ db }) => db.contract.updateMany({ where: { tenantId }, data: { priceBookId } }))
  await buildCloud(tenantId)
  const keyOf = async (permissions: string[]) => {
    const input = { ...owner, rights: { isOwner: true, permissions: [] }, name: 'Terraform', networks: '', expiresAt: null, permissions }
    const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, input))
    if (!added.ok) throw new Error(added.error)
    return added.value.secret
  }
  key = await keyOf(['server:read', 'server:write'])
  readKey = await keyOf(['server:read'])
  const made = await done('POST', '/networks', { name: 'inner', location: 'fra-1', range: '10.1.0.0/24' })
  expect('secret' in made, 'what tells no secret has no field for one').toBe(false)
  networkId = made.resource_id
}, 60_000)
afterAll(() => setClock())

test('a VPN is switched on, lets users in, gives them other passwords, and each secret stands in one answer alone', async () => {
  const vpn = `/networks/${networkId}/vpn`
  expect((await get(vpn)).body).toEqual({ network_id: networkId, is_on: false, address: null, protocol: null, users: [] })
  expect(codeOf(await send('POST', `${vpn}-users`, { user: 'anna' }))).toBe('409 vpn-off')
  const opened = await done('POST', vpn)
  expect(opened).toMatchObject({ action: 'open-vpn', state: 'pending', secret: expect.stringMatching(secretShape) })
  expect(codeOf(await send('POST', vpn))).toBe('409 vpn-on')

  const wrong = await send('POST', `${vpn}-users`, { user: 'a b' })
  expect([codeOf(wrong), wrong.body.errors]).toEqual(['400 invalid-request', [{ pointer: '/user', code: 'malformed-vpn-user' }]])
  const added = await done('POST', `${vpn}-users`, { user: 'Anna' })
  expect((await get(vpn)).body).toMatchObject({
    is_on: true,
    protocol: 'l2tp-ipsec',
    address: expect.stringMatching(/^\d+\./),
    users: [{ name: 'anna', added_at: expect.stringMatching(/Z$/) }],
  })
  const renewed = await done('POST', `${vpn}-password`, { user: 'anna' })
  const rekeyed = await done('POST', `${vpn}-key`)
  const secrets = [opened, added, renewed, rekeyed].map(({ secret }) => secret ?? '')
  expect(new Set(secrets.filter((secret) => secretShape.test(secret))).size).toBe(4)
  expect(await wordsInDump(secrets)).toEqual([])

  await done('POST', `${vpn}-revoke`, { user: 'anna' })
  expect(codeOf(await send('POST', `${vpn}-revoke`, { user: 'anna' }))).toBe('409 vpn-user-unknown')
  expect((await get(vpn)).body.users).toEqual([])
})

test('a repeated request does nothing twice, and is answered without the secret', async () => {
  const path = `/networks/${networkId}/vpn-users`
  const ask = () => send('POST', path, { user: 'ben' }, { idempotencyKey: 'once' })
  expect(codeOf(await callApi({ host, key, method: 'POST', path, body: { user: 'ben' } }))).toBe('400 idempotency-key-missing')
  const [first, again] = [await ask(), await ask()]
  expect(first.body.secret).toMatch(secretShape)
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(again.body).toEqual({ ...first.body, secret: null })
  await carryOut()
  expect((await get(`/networks/${networkId}/vpn`)).body.users).toMatchObject([{ name: 'ben' }])
  expect(await wordsInDump([first.body.secret as unknown as string])).toEqual([])
  const operation = await get(`/operations/${first.body.id}`)
  expect(operation.body).not.toHaveProperty('secret')
})

test('a key that may only read sees users and changes nothing; switched off, nobody may come in', async () => {
  const path = `/networks/${networkId}/vpn`
  expect((await get(path, { key: readKey })).body.users).toMatchObject([{ name: 'ben' }])
  expect(codeOf(await send('POST', `${path}-password`, { user: 'ben' }, { key: readKey }))).toBe('403 permission-missing')
  await done('DELETE', path)
  expect((await get(path)).body).toMatchObject({ is_on: false, users: [] })
  expect(codeOf(await send('DELETE', path))).toBe('409 vpn-off')
  expect(codeOf(await get('/networks/net_0/vpn'))).toBe('404 not-found')
})
