import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { listApplications, readApplication } from '#app/reports/apps/applications.server.ts'
import { actOnApplication, removePiece } from '#app/services/apps/act-on-application.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource } from '#app/services/projects/place-resource.server.ts'
import { buildAccount, buildContract, buildPriceBook, buildProduct } from '#tests/support/builders.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let accountId: string
let projectId: string
let templateId: string
let order: { accountId: string; contractId: string; productId: string }
let cloudRef: string

beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  accountId = await buildAccount(tenantId, { name: 'Werk' })
  const { priceBookId } = await buildPriceBook(tenantId, [])
  order = { accountId, contractId: await buildContract(tenantId, { accountId, priceBookId }), productId: await buildProduct(tenantId) }
  cloudRef = await buildCloud(tenantId)
  projectId = await projectOf('Shop')
  templateId = v7()
  const tiers = ['web', 'db'].map((code) =>
    AppTier.parse({ code, name: { en: code }, planCodes: ['web-1'], imageCode: 'debian-12', least: 1, most: 3 }),
  )
  const template = { code: 'shop', name: { en: 'Shop' }, description: {}, tiers, state: 'published', position: 1 }
  await inTenant(tenantId, ({ db, now }) =>
    db.appTemplate.createMany({ data: [{ tenantId, id: templateId, ...template, createdAt: now, changedAt: now }] }),
  )
})

/** What a member sees and does: everything of the account, or what is in `projectIds`. */
const panel = <T>(work: (ctx: TenantContext) => Promise<T>, projectIds: string[] | null = null) =>
  inPanel(tenantId, [accountId], work, { projectIds })
const limited = <T>(work: (ctx: TenantContext) => Promise<T>) => panel(work, [projectId])

async function projectOf(name: string): Promise<string> {
  const added = await panel((ctx) => addProject(ctx, { accountId, name }))
  if (!added.ok) throw new Error(added.error)
  return added.value
}

/** An application with a server in each tier, in no project yet. */
async function applicationOf(name: string) {
  const id = v7()
  await inTenant(tenantId, ({ db, now }) =>
    db.application.createMany({ data: [{ tenantId, id, accountId, templateId, name, location: 'fra-1', createdAt: now }] }),
  )
  const web = await pieceOf(id, 'web', `${name}-web`)
  return { id, web, db: await pieceOf(id, 'db', `${name}-db`) }
}

/** One server of a tier; returns its id. */
async function pieceOf(applicationId: string, tier: string, name: string): Promise<string> {
  const resourceId = (await buildServer(cloudRef, name, [{ tenantId, accountId }])).ids[0] ?? ''
  const orderId = v7()
  const amounts = { currency: 'EUR', netMinor: 100n, taxMinor: 0n, totalMinor: 100n }
  await inTenant(tenantId, async ({ db, now }) => {
    const placed = { state: 'active', input: { name }, idempotencyKey: orderId, placedAt: now, resourceId }
    await db.order.createMany({ data: [{ tenantId, id: orderId, ...order, ...placed, ...amounts }] })
    await db.applicationPiece.createMany({ data: [{ tenantId, id: v7(), applicationId, accountId, orderId, tier, addedAt: now }] })
  })
  return resourceId
}

const place = (resourceId: string, to: string | null = projectId) => panel((ctx) => placeResource(ctx, { resourceId, projectId: to }))
const namesOf = (scope: typeof panel) =>
  scope(async (ctx) => (await listApplications(ctx, { page: 1, language: 'en' })).rows.map(({ name, servers }) => `${name} ${servers}`))

test('a limited member sees an application once all its servers are in the projects, and no longer than that', async () => {
  const shop = await applicationOf('shop')
  const mail = await applicationOf('mail')
  await place(shop.web)
  expect([await namesOf(panel), await namesOf(limited)]).toEqual([['mail 2', 'shop 2'], []])
  await place(shop.db)
  expect(await namesOf(limited)).toEqual(['shop 2'])
  const seen = await limited((ctx) => readApplication(ctx, shop.id, 'en'))
  expect(seen?.tiers.map(({ code, pieces }) => [code, pieces.map(({ name }) => name)])).toEqual([
    ['web', ['shop-web']],
    ['db', ['shop-db']],
  ])
  expect(await limited((ctx) => readApplication(ctx, mail.id, 'en'))).toBeNull()
  expect(await panel(async (ctx) => (await listApplications(ctx, { page: 1, language: 'en' })).total, [])).toBe(0)

  await pieceOf(shop.id, 'web', 'shop-web-2')
  expect(await namesOf(limited)).toEqual([])
  await place(shop.db, await projectOf('Data'))
  expect(await namesOf(limited)).toEqual([])
})

test('it is stopped, made smaller and removed by the limited member as its servers are; nobody else’s is', async () => {
  const [wiki, blog] = [await applicationOf('wiki'), await applicationOf('blog')]
  const second = await pieceOf(wiki.id, 'web', 'wiki-web-2')
  for (const id of [wiki.web, wiki.db, second, blog.web]) await place(id)
  const act = (applicationId: string, action: 'stop' | 'destroy', confirmedName = '') =>
    limited((ctx) => actOnApplication(ctx, { applicationId, action, confirmedName, userName: 'Emil' }))
  const pending = (id: string) =>
    panel(async ({ db }) => (await db.resource.findFirstOrThrow({ where: { id }, select: { pendingAction: true } })).pendingAction)
  const done = () =>
    inTenant(tenantId, ({ db }) => db.resource.updateMany({ where: { name: { startsWith: 'wiki' } }, data: { pendingAction: null } }))
  expect(await act(blog.id, 'stop')).toEqual({ ok: false, error: 'application-not-found' })
  expect(await act(wiki.id, 'stop')).toEqual({ ok: true, value: null })
  expect([await pending(wiki.web), await pending(wiki.db), await pending(blog.web)]).toEqual(['stop', 'stop', null])

  await done()
  const remove = (of: typeof wiki) => limited((ctx) => removePiece(ctx, { applicationId: of.id, serverId: of.web, userName: 'Emil' }))
  expect(await remove(blog)).toEqual({ ok: false, error: 'application-not-found' })
  expect(await remove(wiki)).toEqual({ ok: true, value: null })
  expect(await pending(wiki.web)).toBe('destroy')

  await done()
  expect(await act(wiki.id, 'destroy', 'wiki')).toEqual({ ok: true, value: null })
  expect([await pending(wiki.web), await pending(wiki.db)]).toEqual(['destroy', 'destroy'])
})
