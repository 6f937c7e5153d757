import { readFileSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clock, fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { loader as accountRoute } from '#app/routes/api.v1.account.ts'
import { loader as balanceRoute } from '#app/routes/api.v1.balance.ts'
import { loader as invoicesRoute } from '#app/routes/api.v1.invoices._index.ts'
import { loader as reference } from '#app/routes/api.v1.openapi[.]json.ts'
import { loader as operationRoute } from '#app/routes/api.v1.operations.$operationId.ts'
import { loader as serversRoute } from '#app/routes/api.v1.servers._index.ts'
import { loader as serverRoute } from '#app/routes/api.v1.servers.$serverId._index.ts'
import { action as actionRoute } from '#app/routes/api.v1.servers.$serverId.actions.ts'
import { loader as usageRoute } from '#app/routes/api.v1.usage._index.ts'
import { type AddApiKeyInput, addApiKey, revokeApiKey } from '#app/services/access/api-keys.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let owner: { userId: string; accountId: string }
let cloudRef: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  owner = await register(tenantId, 'api@kunde.example')
  cloudRef = await buildCloud(tenantId)
})
afterEach(() => setClock())

async function keyWith(facts: Partial<AddApiKeyInput> = {}): Promise<string> {
  const all = ['invoice:read', 'server:read', 'server:write', 'spend:read', 'usage:read']
  const rights = { isOwner: true, permissions: [] }
  const input = { ...owner, rights, name: 'Books', permissions: all, networks: '', expiresAt: null, ...facts }
  const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, input))
  if (!added.ok) throw new Error(added.error)
  return added.value.secret
}

type Asked = { key?: string; headers?: Record<string, string>; body?: unknown; params?: Record<string, string>; host?: string }
type Route = (args: never) => Promise<Response>

async function ask(route: unknown, path: string, { key, headers, body, params = {}, host = 'ahorn.localhost' }: Asked = {}) {
  const sent = new Headers({ 'Accept-Language': 'de', host, ...headers })
  if (key) sent.set('Authorization', `Bearer ${key}`)
  if (body !== undefined) sent.set('Content-Type', 'application/json')
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const request = new Request(`http://${host}/api/v1${path}`, { ...post, headers: sent })
  const response = await (route as Route)({ request, params, context: {} } as never)
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, never> }
}

async function server(name: string): Promise<string> {
  const { ids } = await buildServer(cloudRef, name, [{ tenantId, accountId: owner.accountId }])
  return toPublicId('resource', ids[0] ?? '')
}

describe('a key', () => {
  test('opens its account at its store, and is kept as a hash alone', async () => {
    const key = await keyWith()
    const { status, body, headers } = await ask(accountRoute, '/account', { key })
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: toPublicId('account', owner.accountId), currency: 'EUR', key: { name: 'Books' } })
    expect(headers.get('RateLimit-Policy')).toBe('"key";q=300;w=60')
    const stored = await inTenant(tenantId, ({ db }) => db.apiKey.findFirstOrThrow({ where: { prefix: key.slice(0, 12) } }))
    expect(JSON.stringify({ ...stored })).not.toContain(key.slice(12))
    expect(stored.lastUsedAt).not.toBeNull()
  })

  test('is refused when it is none, revoked, expired, of another store, or used from elsewhere', async () => {
    const problemOf = async (asked: Asked) => {
      const { status, body, headers } = await ask(accountRoute, '/account', asked)
      expect(headers.get('Content-Type')).toBe('application/problem+json')
      return `${status} ${body.code}`
    }
    await growTenant('lakeside')
    const key = await keyWith()
    expect(await problemOf({})).toBe('401 key-missing')
    expect(await problemOf({ key: `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}` })).toBe('401 key-invalid')
    expect(await problemOf({ key, host: 'lakeside.localhost' })).toBe('401 key-invalid')

    const bound = await keyWith({ networks: '203.0.113.0/24' })
    expect(await problemOf({ key: bound, headers: { 'x-client-address': '198.51.100.1' } })).toBe('403 address-not-allowed')
    expect((await ask(accountRoute, '/account', { key: bound, headers: { 'x-client-address': '::ffff:203.0.113.9' } })).status).toBe(200)

    const soon = await keyWith({ expiresAt: new Date(clock.now().getTime() + 60_000) })
    setClock(fixedClock(new Date(clock.now().getTime() + 61_000).toISOString()))
    expect(await problemOf({ key: soon })).toBe('401 key-expired')
    setClock()
    const { id } = await inTenant(tenantId, ({ db }) => db.apiKey.findFirstOrThrow({ where: { prefix: key.slice(0, 12) } }))
    expect((await inTenant(tenantId, (ctx) => revokeApiKey(ctx, { keyId: id, accountId: owner.accountId }))).ok).toBe(true)
    expect(await problemOf({ key })).toBe('401 key-invalid')
  })

  test('never does more than its person: a right that is taken away ends with it', async () => {
    const { userId, accountId } = await register(tenantId, 'left@kunde.example')
    const key = await keyWith({ userId, accountId })
    expect((await ask(invoicesRoute, '/invoices', { key })).status).toBe(200)
    const member = await inTenant(tenantId, ({ db }) => db.securityProfile.findFirstOrThrow({ where: { name: 'customer-member' } }))
    await inTenant(tenantId, ({ db }) => db.membership.updateMany({ where: { userId }, data: { securityProfileId: member.id } }))
    const refused = await ask(invoicesRoute, '/invoices', { key })
    expect([refused.status, refused.body.code]).toEqual([403, 'permission-missing'])
    expect((await ask(serversRoute, '/servers', { key })).status).toBe(200)
    const rights = { isOwner: false, permissions: ['invoice:read'] }
    const more = { ...owner, rights, name: 'More', permissions: ['server:write'], networks: '', expiresAt: null }
    expect(await inTenant(tenantId, (ctx) => addApiKey(ctx, more))).toEqual({ ok: false, error: 'not-allowed' })
  })
})

describe('servers', () => {
  test('come in pages that nothing is lost between', async () => {
    const key = await keyWith()
    const built = [await server('one'), await server('two'), await server('three')]
    const first = await ask(serversRoute, '/servers?limit=2', { key })
    expect(first.body).toMatchObject({ has_more: true, data: [{ id: built[2], name: 'three' }, { id: built[1] }] })
    expect(first.headers.get('Link')).toContain('rel="next"')
    await server('later')
    const second = await ask(serversRoute, `/servers?limit=2&cursor=${first.body.next_cursor}`, { key })
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null, data: [{ id: built[0] }] })
    const wrong = await ask(serversRoute, '/servers?limit=0&colour=red', { key })
    expect(wrong.body).toMatchObject({
      code: 'invalid-request',
      errors: expect.arrayContaining([
        { pointer: '?limit', code: 'invalid' },
        { pointer: '?colour', code: 'unknown' },
      ]),
    })
  })

  test('of another account are not there, by whatever id', async () => {
    const other = await register(tenantId, 'other@kunde.example')
    const { ids } = await buildServer(cloudRef, 'theirs', [{ tenantId, accountId: other.accountId }])
    const key = await keyWith()
    for (const serverId of [toPublicId('resource', ids[0] ?? ''), 'srv_none', toPublicId('invoice', ids[0] ?? '')]) {
      const answer = await ask(serverRoute, `/servers/${serverId}`, { key, params: { serverId } })
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found'])
    }
  })

  test('are stopped once, however often the same request comes', async () => {
    const key = await keyWith()
    const serverId = await server('stopped-once')
    const stop = (idempotencyKey: string, action = 'stop') =>
      ask(actionRoute, `/servers/${serverId}/actions`, {
        key,
        body: { action },
        headers: { 'Idempotency-Key': idempotencyKey },
        params: { serverId },
      })
    const outcomes = await Promise.all([stop('a'), stop('a'), stop('a')])
    expect(outcomes.every(({ status }) => status === 202 || status === 409)).toBe(true)
    const again = await stop('a')
    expect(again).toMatchObject({ status: 202, body: { server_id: serverId, action: 'stop', state: 'pending' } })
    expect(again.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await stop('a', 'reboot')).body.code).toBe('idempotency-key-reused')
    expect((await stop('b')).body.code).toBe('action-pending')
    const asked = { subjectKind: 'resource', action: 'server.stop' }
    const noted = await inTenant(tenantId, ({ db }) => db.auditEntry.findMany({ where: asked, select: { actor: true } }))
    expect(noted).toEqual([{ actor: expect.objectContaining({ userId: owner.userId, apiKeyId: expect.any(String) }) }])

    const operationId = again.body.id as unknown as string
    expect((await ask(operationRoute, `/operations/${operationId}`, { key, params: { operationId } })).body).toMatchObject({
      id: operationId,
    })
  })
})

test('usage and balance are told as figures that never merge', async () => {
  const key = await keyWith()
  const { body } = await ask(balanceRoute, '/balance', { key })
  expect(body).toMatchObject({ due: { minor: '0', currency: 'EUR' }, accrued: { minor: '0', currency: 'EUR' }, credit: { minor: '0' } })
  expect((await ask(usageRoute, '/usage?from=2010-01-01&to=2026-06-30', { key })).body.code).toBe('range-too-long')
  expect((await ask(usageRoute, '/usage?from=2026-06-01&to=2026-06-30', { key })).body).toEqual({
    data: [],
    next_cursor: null,
    has_more: false,
  })
})

test('the reference for programs is the one that is kept, and names nobody', async () => {
  const told = await (reference as unknown as () => Response)().text()
  expect(JSON.parse(told)).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')))
  expect(told).not.toMatch(/meridian|livery/i)
})
