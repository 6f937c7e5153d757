import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataAt, type KeptVpn, thingFiles } from '#app/adapters/clouds/simulator/thing-file.ts'
import { isSecretOf } from '#app/adapters/clouds/simulator/vpn.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { CloudDeed } from '#app/domain/cloud/deeds.ts'
import { readThing } from '#app/reports/cloud-things/query.server.ts'
import { endThing } from '#app/services/clouds/end-thing.server.ts'
import { performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { requestDeed } from '#app/services/clouds/request-deed.server.ts'
import { loadOfDeed, weighDeed } from '#app/services/clouds/weigh-deed.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource } from '#app/services/projects/place-resource.server.ts'
import { syncUsage } from '#app/services/usage/sync-usage.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { buildPriceBook } from '#tests/support/builders.ts'
import { wordsInDump } from '#tests/support/dump.ts'
import { buildCloud } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'
import { processDown } from '#tests/support/usage.ts'

let tenantId: string
let accountId: string
let otherId: string
let cloudRef: string
let present = Date.parse('2026-06-10T08:00:00Z')
let sequence = 0

/** Secrets that were told, each of which must not be read anywhere afterwards. */
const told: string[] = []

function to(time: string): void {
  present = Date.parse(`2026-06-10T${time}Z`)
  setClock(fixedClock(new Date(present).toISOString()))
}

const panel = <T>(work: (ctx: TenantContext) => Promise<T>, projectIds: string[] | null = null) =>
  inPanel(tenantId, [accountId], work, { projectIds })

async function ask(deed: CloudDeed, subjectId: string | null, key = `form-${sequence++}`, projectIds: string[] | null = null) {
  const wish = { deed, subjectId, accountId, cloudRef, key, userName: 'Anna Steiner' }
  const asked = await panel((ctx) => requestDeed(ctx, wish), projectIds)
  if (asked.ok && asked.value.secret) told.push(asked.value.secret)
  return asked
}

const waiting = () =>
  inTenant(tenantId, ({ db }) => db.cloudDeed.findMany({ where: { tenantId, state: 'requested' }, orderBy: { id: 'asc' } }))

/** What the job does with everything that waits: each step twice, as after a crash. */
async function carryOut(): Promise<void> {
  for (const { id: deedId } of await waiting()) {
    const target = { tenantId, deedId }
    await performDeed(cloudPorts, target)
    const outcome = await performDeed(cloudPorts, target)
    if (!outcome) throw new Error('settled before')
    expect(JSON.stringify(outcome)).not.toMatch(/([a-z0-9]{4}-){5}/)
    for (const _ of [1, 2]) await showDeed(target, outcome)
  }
}

/** Asks for something and has it done; returns what it was about, and what was told with it. */
async function make(deed: CloudDeed, subjectId: string | null = null): Promise<{ resourceId: string; secret: string }> {
  const asked = await ask(deed, subjectId)
  if (!asked.ok) throw new Error(`${deed.kind}: ${asked.error}`)
  await carryOut()
  return { secret: '', ...asked.value }
}

async function networkOf(name: string, range: string): Promise<string> {
  return (await make({ kind: 'create-network', name, zone: 'fra-1', range })).resourceId
}

const vpnOf = async (networkId: string) => (await panel((ctx) => readThing(ctx, { kind: 'network', id: networkId })))?.spec.vpn

/** What the cloud knows of the way into a network. */
async function inCloud(networkId: string): Promise<KeptVpn | null | undefined> {
  const { externalId } = await inTenant(tenantId, ({ db }) => db.resource.findFirstOrThrow({ where: { tenantId, id: networkId } }))
  const story = await thingFiles(join(environment().LIVERY_DATA_DIR, 'simulator', cloudRef, 'things')).read(externalId)
  return story && dataAt(story, present).vpn
}

beforeAll(async () => {
  to('08:00:00')
  tenantId = await growTenant('linde')
  accountId = (await register(tenantId, 'anna@steiner.example')).accountId
  otherId = (await register(tenantId, 'other@kunde.example')).accountId
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'usage', unit: 'hour', meter: 'vpn-user', price: '0.005' }])
  await inTenant(tenantId, ({ db }) => db.contract.updateMany({ where: { tenantId }, data: { priceBookId } }))
  cloudRef = await buildCloud(tenantId)
}, 60_000)
afterAll(() => setClock())

test('the way into a network is opened, users come with a password that is told once, get another one and are revoked', async () => {
  const networkId = await networkOf('inner', '10.0.0.0/24')
  expect(await ask({ kind: 'add-vpn-user', user: 'anna' }, networkId)).toEqual({ ok: false, error: 'vpn-off' })
  const key = await make({ kind: 'open-vpn' }, networkId)
  expect(key.secret).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){5}$/)
  expect(await vpnOf(networkId)).toEqual({ address: expect.stringMatching(/^\d+\./), protocol: 'l2tp-ipsec', users: [] })

  const asked = await ask({ kind: 'add-vpn-user', user: 'anna' }, networkId, 'same-form')
  expect(await ask({ kind: 'add-vpn-user', user: 'anna' }, networkId, 'same-form')).toEqual({ ok: true, value: { resourceId: networkId } })
  await carryOut()
  const first = asked.ok ? (asked.value.secret ?? '') : ''
  expect((await vpnOf(networkId))?.users).toEqual([{ name: 'anna', addedAt: '2026-06-10T08:00:00.000Z' }])
  const [kept] = (await inCloud(networkId))?.users ?? []
  expect(await isSecretOf(kept?.passwordHash ?? '', first)).toBe(true)
  expect(await ask({ kind: 'add-vpn-user', user: 'anna' }, networkId)).toEqual({ ok: false, error: 'vpn-user-taken' })

  const second = (await make({ kind: 'renew-vpn-password', user: 'anna' }, networkId)).secret
  const [changed] = (await inCloud(networkId))?.users ?? []
  const opens = (secret: string) => isSecretOf(changed?.passwordHash ?? '', secret)
  expect([second === first, await opens(first), await opens(second)]).toEqual([false, false, true])
  const renewed = (await make({ kind: 'renew-vpn-key' }, networkId)).secret
  const keyHash = (await inCloud(networkId))?.keyHash ?? ''
  expect([await isSecretOf(keyHash, key.secret), await isSecretOf(keyHash, renewed)]).toEqual([false, true])

  await make({ kind: 'revoke-vpn-user', user: 'anna' }, networkId)
  expect([(await vpnOf(networkId))?.users, (await inCloud(networkId))?.users]).toEqual([[], []])
  expect(await ask({ kind: 'revoke-vpn-user', user: 'anna' }, networkId)).toEqual({ ok: false, error: 'vpn-user-unknown' })
  const story = await inTenant(tenantId, ({ db }) => db.auditEntry.findMany({ where: { tenantId, action: 'cloud.revoke-vpn-user' } }))
  expect(story.map(({ detail }) => detail)).toMatchObject([{ user: 'anna' }])
})

test('a dump of the database tells no password and no key, neither while the cloud is asked nor after', async () => {
  const networkId = await networkOf('dumped', '10.1.0.0/24')
  await make({ kind: 'open-vpn' }, networkId)
  await ask({ kind: 'add-vpn-user', user: 'carla' }, networkId)
  const [open] = await waiting()
  expect(open?.secret).toMatch(/^enc:v1:/)
  expect(await wordsInDump([...told, 'carla'])).toContain('cloud_deeds.facts: carla')
  expect(await wordsInDump(told)).toEqual([])
  await carryOut()
  expect(await wordsInDump(told)).toEqual([])
  const settled = await inTenant(tenantId, ({ db }) => db.cloudDeed.count({ where: { tenantId, secret: { not: null } } }))
  expect([settled, told.length > 1]).toEqual([0, true])
})

test('what the cloud refuses, and what it never answers to, leaves no secret either', async () => {
  const networkId = await networkOf('refused', '10.2.0.0/24')
  await ask({ kind: 'open-vpn' }, networkId)
  const [open] = await waiting()
  const target = { tenantId, deedId: open?.id ?? '' }
  const bare = {
    ...cloudPorts,
    driverFor: (...of: Parameters<typeof cloudPorts.driverFor>) => ({ ...cloudPorts.driverFor(...of), parts: {} }),
  }
  expect(await performDeed(bare, target)).toEqual({ thing: null, problem: 'not-offered' })
  await showDeed(target, { thing: null, problem: 'cloud-unavailable' })
  const network = await panel((ctx) => readThing(ctx, { kind: 'network', id: networkId }))
  expect(network).toMatchObject({ state: 'ready', pendingAction: null, problem: 'cloud-unavailable', spec: { vpn: null } })
  expect(await wordsInDump(told)).toEqual([])
})

test('a user is weighed before and charged by the hour after, as part of the network', async () => {
  to('09:00:00')
  const networkId = await networkOf('charged', '10.3.0.0/24')
  await make({ kind: 'open-vpn' }, networkId)
  const asked = { deed: { kind: 'add-vpn-user', user: 'dora' }, subjectId: networkId, accountId } as const
  const load = await panel((ctx) => loadOfDeed(ctx, asked))
  expect(load).toMatchObject({ meter: 'vpn-user', zone: 'fra-1', quantity: 1 })
  if (!load) return
  // 730 hours of 0.005 EUR are 3.65 EUR: what is left, 50 EUR, is not enough for 14 of them.
  expect(await weighDeed(tenantId, load)).toEqual({ ok: true, value: null })
  expect(await weighDeed(tenantId, { ...load, quantity: 14 })).toEqual({ ok: false, error: 'no-credit' })
  await make({ kind: 'add-vpn-user', user: 'dora' }, networkId)
  await make({ kind: 'add-vpn-user', user: 'emil' }, networkId)
  to('10:30:00')
  await make({ kind: 'revoke-vpn-user', user: 'dora' }, networkId)
  to('12:00:00')
  const span = { from: '2026-06-10T09:00:00.000Z', to: '2026-06-10T12:00:00.000Z' }
  const { batchId } = await syncUsage(cloudPorts, { tenantId, cloudConnectionId: cloudRef, ...span })
  await processDown(tenantId, batchId)
  const charges = await inTenant(tenantId, ({ db }) =>
    db.charge.findMany({
      where: { tenantId, resourceId: networkId },
      select: { meter: true, resourceName: true, quantity: true, amount: true },
    }),
  )
  const hours = (name: string) =>
    charges.filter(({ resourceName }) => resourceName === name).reduce((sum, { quantity }) => sum + Number(quantity), 0)
  expect(new Set(charges.map(({ meter }) => meter))).toEqual(new Set(['vpn-user']))
  expect([hours('dora'), hours('emil')]).toEqual([1.5, 3])
  const network = await panel((ctx) => readThing(ctx, { kind: 'network', id: networkId }))
  expect(network?.costSoFar).toEqual({ minor: 2n, currency: 'EUR' })
})

test('a suspended account adds nobody and still revokes; another account and a member of another project find nothing', async () => {
  const networkId = await networkOf('held', '10.4.0.0/24')
  await make({ kind: 'open-vpn' }, networkId)
  await make({ kind: 'add-vpn-user', user: 'anna' }, networkId)
  const setStatus = (status: string) =>
    inTenant(tenantId, ({ db }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { status } }))
  await setStatus('suspended')
  expect(await ask({ kind: 'add-vpn-user', user: 'ben' }, networkId)).toEqual({ ok: false, error: 'account-not-active' })
  expect(await ask({ kind: 'renew-vpn-password', user: 'anna' }, networkId)).toEqual({ ok: false, error: 'account-not-active' })
  await make({ kind: 'revoke-vpn-user', user: 'anna' }, networkId)
  await make({ kind: 'close-vpn' }, networkId)
  expect([await vpnOf(networkId), await inCloud(networkId)]).toEqual([null, null])
  await setStatus('active')

  const wish = { deed: { kind: 'open-vpn' } as const, subjectId: networkId, accountId: otherId, cloudRef, key: 'foreign', userName: null }
  const gone = { ok: false, error: 'resource-not-found' }
  expect(await inPanel(tenantId, [otherId], (ctx) => requestDeed(ctx, wish))).toEqual(gone)
  const [shop, lab] = [await projectOf('Shop'), await projectOf('Lab')]
  await panel((ctx) => placeResource(ctx, { resourceId: networkId, projectId: shop }))
  expect(await ask({ kind: 'open-vpn' }, networkId, 'of-lab', [lab])).toEqual(gone)
  expect((await ask({ kind: 'open-vpn' }, networkId, 'of-shop', [shop])).ok).toBe(true)
  await carryOut()
})

async function projectOf(name: string): Promise<string> {
  const added = await panel((ctx) => addProject(ctx, { accountId, name }))
  if (!added.ok) throw new Error(added.error)
  return added.value
}

test('with the network, as when its account closes, the way in and its users end', async () => {
  const networkId = await networkOf('ending', '10.5.0.0/24')
  await make({ kind: 'open-vpn' }, networkId)
  await make({ kind: 'add-vpn-user', user: 'anna' }, networkId)
  await inTenant(tenantId, (ctx) => endThing(ctx, { id: networkId, kind: 'network', accountId, cloudRef }, 'closing'))
  await carryOut()
  expect(await panel((ctx) => readThing(ctx, { kind: 'network', id: networkId }))).toBeNull()
  const { externalId } = await inTenant(tenantId, ({ db }) => db.resource.findFirstOrThrow({ where: { tenantId, id: networkId } }))
  const story = await thingFiles(join(environment().LIVERY_DATA_DIR, 'simulator', cloudRef, 'things')).read(externalId)
  expect(story?.events.some((event) => 'isGone' in event)).toBe(true)
  expect(await ask({ kind: 'open-vpn' }, networkId)).toEqual({ ok: false, error: 'resource-not-found' })
})
