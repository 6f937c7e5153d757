import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { addApiKey } from '#app/services/access/api-keys.server.ts'
import { checkThing, performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { type ApiRequest, callApi } from '#tests/support/api-client.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'esche.localhost'
let tenantId: string
let key: string
let serverId: string
let zoneId: string
let present = Date.parse('2026-06-10T09:00:00Z')

/** Time goes on: what the cloud began is done. */
function pass(ms: number): void {
  present += ms
  setClock(fixedClock(new Date(present).toISOString()))
}

type Asked = Omit<ApiRequest, 'host' | 'path' | 'method'>
const get = (path: string) => callApi({ host, key, path })
const put = (path: string, body: unknown, asked: Asked = {}) => callApi({ host, key, method: 'PUT', path, body, ...asked })
const tagOf = async (path: string) => (await get(path)).headers.get('ETag') ?? ''
const toldOf = ({ status, body }: { status: number; body: Record<string, never> }) => `${status} ${body.code ?? ''}`.trim()

/** What the job does with everything that waits. */
async function carryOut(): Promise<void> {
  const open = await inTenant(tenantId, ({ db }) => db.cloudDeed.findMany({ where: { state: 'requested' }, orderBy: { id: 'asc' } }))
  for (const { id: deedId } of open) {
    const target = { tenantId, deedId }
    const outcome = await performDeed(cloudPorts, target)
    if (!outcome) continue
    pass(10_000)
    const ref = outcome.thing?.state === 'building' ? outcome.thing.ref : null
    await showDeed(target, ref ? await checkThing(cloudPorts, target, ref) : outcome)
  }
}

beforeAll(async () => {
  pass(0)
  tenantId = await growTenant('esche')
  const owner = await register(tenantId, 'code@kunde.example')
  const cloudRef = await buildCloud(tenantId)
  const { ids } = await buildServer(cloudRef, 'web-1', [{ tenantId, accountId: owner.accountId }])
  serverId = toPublicId('resource', ids[0] ?? '')
  pass(10_000)
  const rights = { isOwner: true, permissions: [] }
  const input = { ...owner, rights, name: 'Terraform', networks: '', expiresAt: null, permissions: ['server:read', 'server:write'] }
  const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, input))
  if (!added.ok) throw new Error(added.error)
  key = added.value.secret
  const made = await callApi({ host, key, method: 'POST', path: '/dns-zones', body: { domain: 'kunde.example' } })
  await carryOut()
  zoneId = (await get(`/operations/${made.body.id}`)).body.resource_id as unknown as string
}, 60_000)
afterAll(() => setClock())

const rule = (port: number) => ({ direction: 'in', protocol: 'tcp', first_port: port, last_port: port, range: '0.0.0.0/0' })

test('of two writers who read the same rules the second is told, and overwrites nothing', async () => {
  const path = `/servers/${serverId}/firewall`
  const read = await tagOf(path)
  expect(read).toMatch(/^"[\w-]{43}"$/)
  expect(await tagOf(path)).toBe(read)

  expect(toldOf(await put(path, { rules: [rule(443)] }, { ifMatch: read }))).toBe('202')
  expect(toldOf(await put(path, { rules: [rule(80)] }, { ifMatch: read }))).toBe('409 action-pending')
  await carryOut()
  expect(toldOf(await put(path, { rules: [rule(80)] }, { ifMatch: read }))).toBe('412 changed-meanwhile')
  expect((await get(path)).body).toEqual({ server_id: serverId, rules: [rule(443)] })

  const readAgain = await tagOf(path)
  expect(readAgain).not.toBe(read)
  expect(toldOf(await put(path, { rules: [rule(443), rule(80)] }, { ifMatch: `${read}, ${readAgain}` }))).toBe('202')
  await carryOut()
  expect((await get(path)).body.rules).toHaveLength(2)
})

test('records of a zone are read with a mark too; the zone’s own state is no part of it', async () => {
  const path = `/dns-zones/${zoneId}/records`
  const records = [{ name: '@', type: 'A', ttl_seconds: 300, value: '203.0.113.7' }]
  const empty = await tagOf(path)
  expect((await get(path)).body).toEqual({ zone_id: zoneId, records: [] })
  expect(toldOf(await put(path, { records }, { ifMatch: empty }))).toBe('202')
  expect(await tagOf(path)).toBe(empty)
  await carryOut()
  expect((await get(path)).body).toEqual({ zone_id: zoneId, records })
  expect(toldOf(await put(path, { records: [] }, { ifMatch: empty }))).toBe('412 changed-meanwhile')
})

test('a repeated request gets its first answer, though what it replaced is another by now', async () => {
  const path = `/dns-zones/${zoneId}/records`
  const asked = { ifMatch: await tagOf(path), idempotencyKey: 'once' }
  const body = { records: [{ name: 'www', type: 'A', ttl_seconds: 300, value: '203.0.113.8' }] }
  const first = await put(path, body, asked)
  await carryOut()
  const again = await put(path, body, asked)
  expect([again.status, again.body.id]).toEqual([202, first.body.id])
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
})

test('who does not ask, or takes any version, replaces what is there; a weak mark matches nothing, and what is none is refused', async () => {
  const path = `/dns-zones/${zoneId}/records`
  const send = async (ifMatch?: string) => {
    const told = toldOf(await put(path, { records: [] }, ifMatch === undefined ? {} : { ifMatch }))
    await carryOut()
    return told
  }
  expect([await send(), await send('*')]).toEqual(['202', '202'])
  expect(await send(`W/${await tagOf(path)}`)).toBe('412 changed-meanwhile')
  expect(await send('latest')).toBe('400 invalid-request')
})
