import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { findDesign } from '#app/db/catalog/app-designs.server.ts'
import { piecesOfApplications } from '#app/db/cloud/applications.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { codeOfDesign, designProblems, isDesignWhole } from '#app/domain/apps/design.ts'
import { listApplications, readApplication } from '#app/reports/apps/applications.server.ts'
import { readDesignAsOffer, readDesigns } from '#app/reports/apps/designs.server.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { applicationLines } from '#app/services/apps/application-lines.server.ts'
import { readDesignOffer } from '#app/services/apps/design-offer.server.ts'
import { addDesign, changeDesign, removeDesign, saveDesignTier } from '#app/services/apps/keep-design.server.ts'
import { nextServer } from '#app/services/apps/next-server.server.ts'
import { readPricedOffer } from '#app/services/apps/priced-offer.server.ts'
import type { OrderLine } from '#app/services/orders/order-choice.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { inPanel, inStore, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { buildOrdered } from '#tests/support/built-order.ts'

// A customer of a sub-reseller composes for itself; each server is ordered at three levels.
const tenantId = tenantIdOf('nakhla')
const accountId = demoId('account', 'oasis')
const stranger = demoId('account', 'burj-retail')
const actor = { kind: 'system', name: 'test' } as const
const capabilities = ['firewall', 'networks'] as const

let id: string
let networkId: string
let applicationId: string
let now = Date.parse('2026-06-05T14:40:00Z')
const later = (seconds: number) => {
  now += seconds * 1000
  setClock(fixedClock(new Date(now).toISOString()))
}

const inOffice = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)
const inOwn = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(tenantId, [accountId], work)
const offer = () => inOffice((ctx) => readPricedOffer(ctx, { accountId, capabilities }))
const pieces = () => inOwn((ctx) => piecesOfApplications(ctx, [applicationId]))
const setStatus = (code: string, status: string) =>
  inOffice(({ db }) => db.product.updateMany({ where: { tenantId, code }, data: { status } }))

const web = AppTier.parse({
  code: 'web',
  name: { en: 'Front' },
  planCodes: ['web-1', 'web-2'],
  imageCode: 'debian-12',
  least: 1,
  most: 2,
  port: 443,
  isPublic: true,
  talksTo: ['db'],
})
const db = AppTier.parse({ code: 'db', name: { en: 'Store' }, planCodes: ['web-2'], imageCode: 'debian-12', least: 1, most: 1, port: 5432 })

const save = async (tier: AppTier, by = accountId) => {
  const offered = await offer()
  return inPanel(tenantId, [by], (ctx) => saveDesignTier(ctx, { id, accountId: by, tier, offer: offered }))
}
const code = () => codeOfDesign(id)
const linesOf = (by = accountId) =>
  inOffice((ctx) => applicationLines(ctx, { accountId: by, code: code(), name: 'mine', locationCode: 'dxb-1', tiers: [] }))
const order = (lines: readonly OrderLine[], key: string, by = accountId) => {
  const [first = { planCode: '' }, ...further] = lines
  return placeOrder({ tenantId, accountId: by, accountIds: [by], actor, idempotencyKey: key, ...first, further })
}

const build = (orderId: string) =>
  buildOrdered({ tenantId, orderId }, () => {
    later(10)
    return new Date(now)
  })

/** A private network of an account in a place, as its cloud made it. */
async function networkOf(owner: string, zone: string): Promise<string> {
  const own = await inOffice(({ db: rows }) =>
    rows.resource.findFirstOrThrow({ where: { tenantId, kind: 'server' }, select: { cloudRef: true } }),
  )
  const resource = { ...own, accountId: owner, kind: 'network', name: `net-${zone}`, state: 'ready', zone, spec: { range: '10.1.0.0/24' } }
  const networkId = v7()
  await inOffice(({ db: rows, now: createdAt }) =>
    rows.resource.createMany({ data: [{ tenantId, id: networkId, externalId: networkId, isManaged: true, ...resource, createdAt }] }),
  )
  return networkId
}

beforeAll(async () => {
  later(0)
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
  networkId = await networkOf(accountId, 'dxb-1')
}, 90_000)
afterAll(() => setClock(fixedClock('2026-06-05T15:00:00Z')))

test('a customer composes tiers out of what its account is offered; anything else is refused and nothing changes', async () => {
  const added = await inOwn((ctx) => addDesign(ctx, { accountId, name: 'My shop', language: 'en' }))
  if (!added.ok) throw new Error(added.error)
  id = added.value
  expect(await inOwn((ctx) => addDesign(ctx, { accountId, name: 'x', templateCode: 'no-template', language: 'en' }))).toEqual({
    ok: false,
    error: 'not-offered',
  })
  for (const [wrong, error] of [
    [{ planCodes: ['web-2', 'no-plan'] }, 'size-not-offered'],
    [{ imageCode: 'no-image' }, 'image-not-there'],
    [{ least: 2 }, 'least-over-most'],
    [{ talksTo: ['cache'] }, 'talks-to-nobody'],
  ] as const)
    expect(await save({ ...db, ...wrong } as AppTier)).toEqual({ ok: false, error })
  expect((await inOwn((ctx) => findDesign(ctx, { id, accountId })))?.tiers).toEqual([])
  for (const tier of [db, web]) expect(await save(tier)).toEqual({ ok: true, value: null })

  const bare = await inOffice((ctx) => readDesignOffer(ctx, { accountId, capabilities: [] }))
  const design = await inOwn((ctx) => findDesign(ctx, { id, accountId }))
  expect(design && designProblems(design, bare)).toEqual([{ tier: 'db', field: 'port', problem: 'no-firewall' }])
})

test('its network is one of the account’s own, where all its tiers can stand', async () => {
  const foreign = await networkOf(stranger, 'dxb-1')
  const offered = await offer()
  const change = (to: string | null) => inOwn((ctx) => changeDesign(ctx, { id, accountId, name: 'My shop', networkId: to, offer: offered }))
  expect(await change(foreign)).toEqual({ ok: false, error: 'network-not-offered' })
  const elsewhere = { ...offered, networks: [{ id: networkId, name: 'far', zone: 'nowhere-1', range: null }] }
  const far = await inOwn((ctx) => changeDesign(ctx, { id, accountId, name: 'My shop', networkId, offer: elsewhere }))
  expect(far).toEqual({ ok: false, error: 'network-elsewhere' })
  expect(await change(networkId)).toEqual({ ok: true, value: null })
})

test('nobody but its account and its seller’s staff sees a design, and nobody else orders it', async () => {
  expect((await inOffice((ctx) => readDesigns(ctx, accountId))).map(({ name }) => name)).toEqual(['My shop'])
  for (const scope of [[stranger], []]) expect(await inPanel(tenantId, scope, (ctx) => findDesign(ctx, { id, accountId }))).toBeNull()
  expect(await inPanel(tenantId, [stranger], (ctx) => readDesignAsOffer(ctx, { id, accountId: stranger }, 'en'))).toBeNull()
  expect(await inPanel(tenantId, [accountId], ({ db: rows }) => rows.appDesign.count(), { projectIds: [] })).toBe(0)
  expect(await inStore(tenantId, ({ db: rows }) => rows.appDesign.count())).toBe(0)
  expect((await inStore(tenantId, (ctx) => listAppOffers(ctx, 'en'))).map(({ name }) => name)).not.toContain('My shop')
  expect(await save(web, stranger)).toEqual({ ok: false, error: 'design-not-found' })
  expect(await inPanel(tenantId, [stranger], (ctx) => removeDesign(ctx, { id, accountId: stranger }))).toMatchObject({ ok: false })
  expect(await linesOf(stranger)).toEqual({ ok: false, error: 'application-not-offered' })
  const lines = await linesOf()
  expect(lines.ok && (await order(lines.value, 'stolen', stranger))).toEqual({ ok: false, error: 'application-not-offered' })
})

test('it is ordered as a template is: priced as it is billed, in its network, each line as the design has it', async () => {
  const lines = await linesOf()
  if (!lines.ok) throw new Error(lines.error)
  expect(lines.value.map(({ tier, planCode, networkId: own }) => [tier, planCode, own])).toEqual([
    ['db', 'web-2', networkId],
    ['web', 'web-1', networkId],
  ])
  const [one, two] = lines.value.map(({ planCode }) => ({ planCode, quantity: 1 }))
  const quoted = await inOffice((ctx) => quoteOrder(ctx, { accountId, planCode: '', ...one, further: two ? [two] : [] }))
  const sum = quoted.ok ? quoted.value.pieces.reduce((total, { price }) => total + price.discounted.orderTotal.minor, 0n) : -1n
  const priced = (await offer()).plans.find((plan) => plan.code === 'web-1')
  expect(quoted.ok && quoted.value.pieces[1]?.price.monthlyTotal).toEqual(priced?.monthly)

  const [first, ...others] = lines.value
  const forged = [{ planCode: 'web-1' }, { imageCode: 'nginx' }, { networkId: undefined }, { quantity: 2 }]
  for (const [place, wrong] of forged.entries()) {
    const refused = await order([{ planCode: '', ...first, ...wrong }, ...others], `forged ${place}`)
    expect(refused).toEqual({ ok: false, error: 'quantity' in wrong ? 'tier-count' : 'application-not-offered' })
  }
  const placed = await order(lines.value, 'mine')
  if (!placed.ok) throw new Error(placed.error)
  const [application] = await inOwn(({ db: rows }) => rows.application.findMany({ where: { name: 'mine' } }))
  applicationId = application?.id ?? ''
  expect(application).toMatchObject({ templateId: null, location: 'dxb-1', composed: { name: 'My shop' } })
  const orders = await inOwn(({ db: rows }) =>
    rows.order.findMany({ where: { applicationPieceAsOrder: { applicationId } }, select: { totalMinor: true, input: true } }),
  )
  expect(orders.reduce((total, { totalMinor }) => total + totalMinor, 0n)).toBe(sum)
  expect(orders.map(({ input }) => (input as { networkId?: string }).networkId)).toEqual([networkId, networkId])
  for (const { orderId } of await pieces()) await build(orderId)
  expect((await pieces()).map(({ serverName, server }) => [serverName, server])).toEqual([
    ['mine-db', 'running'],
    ['mine-web', 'running'],
  ])
  const listed = await inOwn((ctx) => listApplications(ctx, { page: 1, language: 'de' }))
  expect(listed.rows.map(({ name, app }) => [name, app])).toContainEqual(['mine', 'My shop'])
})

test('what was ordered of it scales within the limits it had then, in its network, whatever becomes of the design', async () => {
  expect(await save({ ...web, most: 1 })).toEqual({ ok: true, value: null })
  const scale = async () => {
    const line = await inOwn((ctx) => nextServer(ctx, { applicationId, tier: 'web' }))
    expect(line).toMatchObject({ networkId, imageCode: 'debian-12' })
    return order([{ planCode: '', ...line, application: { applicationId } }], `scale ${now}`)
  }
  const more = await scale()
  if (!more.ok) throw new Error(more.error)
  await build(more.value.orderId)
  later(1)
  expect(await scale()).toEqual({ ok: false, error: 'tier-count' })
})

test('a design whose size is withdrawn says so and is ordered no more, until it is changed', async () => {
  await setStatus('web-1', 'hidden')
  const design = () => inOwn((ctx) => findDesign(ctx, { id, accountId }))
  const before = await design()
  expect(before && designProblems(before, await offer())).toEqual([{ tier: 'web', field: 'planCodes', problem: 'size-not-offered' }])
  expect(await linesOf()).toEqual({ ok: false, error: 'application-not-offered' })
  expect(await save({ ...web, imageCode: 'ubuntu-24' })).toEqual({ ok: false, error: 'size-not-offered' })
  expect(await save({ ...web, planCodes: ['web-2'] })).toEqual({ ok: true, value: null })
  const after = await design()
  expect(after && isDesignWhole(after, await offer())).toBe(true)
  expect((await linesOf()).ok).toBe(true)
  await setStatus('web-1', 'published')

  const standing = await inOwn((ctx) => readApplication(ctx, applicationId, 'en'))
  expect(standing?.state).toBe('running')
  expect(standing?.tiers.map(({ title, planCodes }) => [title, planCodes])).toEqual([
    ['Store', ['web-2']],
    ['Front', ['web-1', 'web-2']],
  ])
})

test('one that is sold out where the others stand cannot be ordered while it is', async () => {
  const product = await inOffice(({ db: rows }) => rows.product.findFirstOrThrow({ where: { code: 'web-2' }, select: { id: true } }))
  const none = { tenantId, productId: product.id, location: 'dxb-1' }
  await inOffice(async ({ db: rows, now: createdAt }) => {
    await rows.productStock.deleteMany({ where: none })
    await rows.productStock.createMany({ data: [{ ...none, id: v7(), remaining: 0, createdAt }] })
  })
  const design = await inOwn((ctx) => findDesign(ctx, { id, accountId }))
  expect(design && designProblems(design, await offer()).map(({ problem }) => problem)).toContain('no-common-place')
  expect(await linesOf()).toEqual({ ok: false, error: 'application-not-offered' })
  await inOffice(({ db: rows }) => rows.productStock.deleteMany({ where: none }))
})

test('one begins with what staff composed, and is taken away; what was ordered goes on', async () => {
  const copied = await inOwn((ctx) => addDesign(ctx, { accountId, name: 'Copy', templateCode: 'website', language: 'ar' }))
  if (!copied.ok) throw new Error(copied.error)
  const copy = await inOwn((ctx) => findDesign(ctx, { id: copied.value, accountId }))
  expect(copy?.tiers.map(({ code: tier, name }) => [tier, name])).toEqual([
    ['db', { en: 'قاعدة البيانات' }],
    ['web', { en: 'الويب' }],
  ])
  for (const gone of [copied.value, id]) expect((await inOwn((ctx) => removeDesign(ctx, { id: gone, accountId }))).ok).toBe(true)
  expect(await linesOf()).toEqual({ ok: false, error: 'application-not-offered' })
  expect((await inOwn((ctx) => readApplication(ctx, applicationId, 'en')))?.app).toBe('My shop')
})
