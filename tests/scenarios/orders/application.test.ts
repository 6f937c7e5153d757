import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { piecesOfApplications } from '#app/db/cloud/applications.server.ts'
import { standingTags } from '#app/db/cloud/projects.server.ts'
import { inStore } from '#app/db/context.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { readApplication } from '#app/reports/apps/applications.server.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { actOnApplication, removePiece } from '#app/services/apps/act-on-application.server.ts'
import { connectTiers } from '#app/services/apps/connect-tiers.server.ts'
import { nextServer } from '#app/services/apps/next-server.server.ts'
import { addTemplate, moveTemplate, removeTier, saveTier } from '#app/services/apps/save-template.server.ts'
import { updateTier } from '#app/services/apps/update-tier.server.ts'
import { checkThing, performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { performInCloud, showServerAction } from '#app/services/servers/perform-server-action.server.ts'
import { cloudPorts, inPanel, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { buildOrdered } from '#tests/support/built-order.ts'

// A customer of a sub-reseller: each server of its application is ordered at three levels.
const tenantId = tenantIdOf('nakhla')
const accountId = demoId('account', 'oasis')
const stranger = demoId('account', 'burj-retail')
const actor = { kind: 'system', name: 'test' } as const

let templateId: string
let applicationId: string
let now = Date.parse('2026-06-05T14:40:00Z')
const later = (seconds: number) => {
  now += seconds * 1000
  setClock(fixedClock(new Date(now).toISOString()))
}

const inOffice = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)
const inOwn = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(tenantId, [accountId], work)
const pieces = () => inOwn((ctx) => piecesOfApplications(ctx, [applicationId]))
const rulesOf = async (name: string) => {
  const piece = (await pieces()).find(({ serverName }) => serverName === name)
  return piece?.firewall.filter(({ firstPort }) => firstPort !== 22).map(({ firstPort, range }) => `${firstPort} ${range}`)
}

const web = AppTier.parse({
  code: 'web',
  name: { en: 'Web' },
  planCodes: ['web-1', 'web-2'],
  imageCode: 'debian-12',
  least: 1,
  most: 3,
  port: 443,
  isPublic: true,
  talksTo: ['db'],
})
const db = AppTier.parse({
  code: 'db',
  name: { en: 'Database' },
  planCodes: ['web-2'],
  imageCode: 'debian-12',
  least: 1,
  most: 1,
  port: 5432,
})

const place = { locationCode: 'dxb-1', imageCode: 'debian-12' }
const order = ({ application = { templateCode: 'shop', name: 'shop' }, ...facts }: Partial<PlaceOrderInput> = {}) =>
  placeOrder({
    tenantId,
    accountId,
    accountIds: [accountId],
    actor,
    idempotencyKey: 'shop',
    ...place,
    planCode: 'web-1',
    name: 'shop-web',
    tier: 'web',
    quantity: 2,
    application,
    further: [{ ...place, planCode: 'web-2', name: 'shop-db', tier: 'db', application }],
    ...facts,
  })

const build = (orderId: string) =>
  buildOrdered({ tenantId, orderId }, () => {
    later(10)
    return new Date(now)
  })

/** Who may call whom is told to the cloud, and every deed is carried out. */
async function connect(): Promise<void> {
  const { data } = await inOffice(({ db: rows }) =>
    rows.outboxEvent.findFirstOrThrow({ where: { name: 'application/changed' }, orderBy: { id: 'desc' } }),
  )
  expect(await connectTiers(cloudPorts, data as Parameters<typeof connectTiers>[1])).toBe(0)
  await carryOut()
}

async function carryOut(): Promise<void> {
  const open = await inOffice(({ db: rows }) => rows.cloudDeed.findMany({ where: { state: 'requested' }, orderBy: { id: 'asc' } }))
  for (const { id: deedId } of open) {
    const target = { tenantId, deedId }
    const outcome = await performDeed(cloudPorts, target)
    const ref = outcome?.thing?.state === 'building' ? outcome.thing.ref : null
    later(10)
    if (outcome) await showDeed(target, ref ? await checkThing(cloudPorts, target, ref) : outcome)
  }
}

/** What the job does with every server something was asked of. */
async function act(action: 'start' | 'stop' | 'destroy'): Promise<void> {
  for (const { serverId, pendingAction } of await pieces()) {
    if (pendingAction !== action || !serverId) continue
    const performed = await performInCloud(cloudPorts, { tenantId, resourceId: serverId, action }, new Date(now))
    if (performed) await showServerAction(tenantId, action, performed)
    later(1)
  }
}

beforeAll(async () => {
  later(0)
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
  const added = await inOffice((ctx) => addTemplate(ctx, { code: 'shop', name: 'Shop', language: 'en' }))
  if (!added.ok) throw new Error(added.error)
  templateId = added.value.templateId
}, 90_000)
afterAll(() => setClock(fixedClock('2026-06-05T15:00:00Z')))

test('staff compose tiers out of plans; it is offered once it holds together and is published', async () => {
  const save = (tier: AppTier) => inOffice((ctx) => saveTier(ctx, { templateId, tier }))
  const publish = () => inOffice((ctx) => moveTemplate(ctx, { templateId, state: 'published' }))
  expect(await publish()).toEqual({ ok: false, error: 'tier-missing' })
  expect(await save(web)).toEqual({ ok: false, error: 'talks-to-nobody' })
  expect(await save({ ...db, planCodes: ['web-2', 'no-plan'] })).toEqual({ ok: false, error: 'plan-not-there' })
  expect(await save({ ...db, imageCode: 'no-image' })).toEqual({ ok: false, error: 'image-not-there' })
  for (const tier of [db, web]) expect(await save(tier)).toEqual({ ok: true, value: null })
  expect(await order()).toEqual({ ok: false, error: 'application-not-offered' })
  expect(await publish()).toEqual({ ok: true, value: null })
  const offered = await inStore(tenantId, (ctx) => listAppOffers(ctx, 'en'))
  expect(offered.map(({ code, tiers }) => [code, tiers.map(({ title }) => title)]).at(-1)).toEqual(['shop', ['Database', 'Web']])
  expect(await inOffice((ctx) => addTemplate(ctx, { code: 'shop', name: 'Shop', language: 'en' }))).toEqual({
    ok: false,
    error: 'code-taken',
  })
})

test('an application is one order of all its tiers, each in what the template allows; its servers carry its name', async () => {
  expect(await order({ quantity: 4 })).toEqual({ ok: false, error: 'tier-count' })
  expect(await order({ further: [] })).toEqual({ ok: false, error: 'tier-count' })
  expect(await order({ imageCode: 'rocky-9' })).toEqual({ ok: false, error: 'application-not-offered' })
  expect(await order({ application: { templateCode: 'shop', name: 'x'.repeat(31) } })).toEqual({ ok: false, error: 'malformed-name' })

  const placed = await order()
  if (!placed.ok) throw new Error(placed.error)
  expect(await order()).toEqual(placed)
  const [application, ...others] = await inOwn(({ db: rows }) => rows.application.findMany())
  expect([application?.name, application?.location, others]).toEqual(['shop', 'dxb-1', []])
  applicationId = application?.id ?? ''
  expect(await inPanel(tenantId, [stranger], ({ db: rows }) => rows.application.count())).toBe(0)
  for (const { orderId } of await pieces()) await build(orderId)
  expect((await pieces()).map(({ serverName, tier, server }) => [serverName, tier, server])).toEqual([
    ['shop-web-1', 'web', 'running'],
    ['shop-web-2', 'web', 'running'],
    ['shop-db', 'db', 'running'],
  ])
  const shown = await inOwn((ctx) => readApplication(ctx, applicationId, 'en'))
  expect(shown).toMatchObject({ name: 'shop', app: 'Shop', state: 'running', isBusy: false })
  expect(shown?.tiers.map(({ title, mayGrow, mayShrink }) => [title, mayGrow, mayShrink])).toEqual([
    ['Database', false, false],
    ['Web', true, true],
  ])
  const [first] = await pieces()
  expect(await inOwn((ctx) => standingTags(ctx, first?.serverId ?? ''))).toEqual([{ key: 'application', value: 'shop' }])
})

test('a tier gets one more server by an order of its own; those that talk to others reach them, and keep what their owner let in', async () => {
  await connect()
  const [one, two] = await pieces()
  expect(await rulesOf('shop-web-1')).toEqual(['443 0.0.0.0/0', '443 ::/0'])
  expect(await rulesOf('shop-db')).toEqual([one, two].map((piece) => `5432 ${piece?.address}/32`).toSorted())

  const scale = async (tier: string, by = accountId) => {
    const line = await inOwn((ctx) => nextServer(ctx, { applicationId, tier }))
    const manner = {
      tenantId,
      accountId: by,
      accountIds: [by],
      actor,
      idempotencyKey: `${tier} ${now} ${by}`,
      application: { applicationId },
    }
    return placeOrder({ planCode: '', ...line, ...manner })
  }
  expect(await scale('db')).toEqual({ ok: false, error: 'tier-count' })
  expect(await scale('web', stranger)).toEqual({ ok: false, error: 'application-not-offered' })
  expect(await inPanel(tenantId, [stranger], (ctx) => nextServer(ctx, { applicationId, tier: 'web' }))).toBeNull()
  const more = await scale('web')
  if (!more.ok) throw new Error(more.error)
  await build(more.value.orderId)
  await connect()
  const third = (await pieces()).at(-1)
  expect([third?.serverName, third?.planCode]).toEqual(['shop-web-3', 'web-1'])
  expect(await rulesOf('shop-db')).toContain(`5432 ${third?.address}/32`)
  expect(await scale('web')).toEqual({ ok: false, error: 'tier-count' })

  const remove = (serverId = '') => inOwn((ctx) => removePiece(ctx, { applicationId, serverId, userName: null }))
  expect(await remove((await pieces()).find(({ tier }) => tier === 'db')?.serverId ?? '')).toEqual({ ok: false, error: 'too-few-left' })
  expect(await remove(third?.serverId ?? '')).toEqual({ ok: true, value: null })
  await act('destroy')
  await connect()
  expect(await rulesOf('shop-db')).not.toContain(`5432 ${third?.address}/32`)
})

test('all of it is stopped, started and brought up to another image together', async () => {
  const ask = (action: 'start' | 'stop') => inOwn((ctx) => actOnApplication(ctx, { applicationId, action, userName: null }))
  expect(await ask('start')).toEqual({ ok: false, error: 'nothing-to-do' })
  for (const action of ['stop', 'start'] as const) {
    expect(await ask(action)).toEqual({ ok: true, value: null })
    expect(await ask(action)).toEqual({ ok: false, error: 'application-busy' })
    await act(action)
  }
  expect((await pieces()).map(({ server }) => server)).toEqual(['running', 'running', 'running', 'deleted'])

  const update = (key: string, confirmedName = 'shop') =>
    inOwn((ctx) => updateTier(ctx, { applicationId, tier: 'web', confirmedName, key, userName: null }))
  expect(await update('none')).toEqual({ ok: false, error: 'nothing-to-do' })
  await inOffice((ctx) => saveTier(ctx, { templateId, tier: { ...web, imageCode: 'ubuntu-24' } }))
  expect(await update('typo', 'shpo')).toEqual({ ok: false, error: 'name-not-confirmed' })
  expect(await update('update')).toEqual({ ok: true, value: null })
  await carryOut()
  expect((await pieces()).map(({ tier, image }) => `${tier} ${image}`).slice(0, 3)).toEqual([
    'web ubuntu-24',
    'web ubuntu-24',
    'db debian-12',
  ])
})

test('it is removed as one, once its name is typed; what buyers have stays when it is offered no more', async () => {
  const destroy = (confirmedName: string) =>
    inOwn((ctx) => actOnApplication(ctx, { applicationId, action: 'destroy', confirmedName, userName: null }))
  expect(await inOffice((ctx) => removeTier(ctx, { templateId, code: 'web' }))).toEqual({ ok: true, value: null })
  expect(await inOffice((ctx) => removeTier(ctx, { templateId, code: 'db' }))).toEqual({ ok: false, error: 'still-published' })
  expect(await inOffice((ctx) => moveTemplate(ctx, { templateId, state: 'retired' }))).toEqual({ ok: true, value: null })
  expect(await destroy('shpo')).toEqual({ ok: false, error: 'name-not-confirmed' })
  expect(await destroy('shop')).toEqual({ ok: true, value: null })
  await act('destroy')
  expect((await pieces()).map(({ server }) => server)).toEqual(['deleted', 'deleted', 'deleted', 'deleted'])
  const running = await inOwn(({ db: rows }) => rows.subscription.count({ where: { name: { startsWith: 'shop-' }, state: 'active' } }))
  expect(running).toBe(0)
})
