import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { attachOrder } from '#app/db/subscriptions/subscriptions.server.ts'
import { readInvoiceUsage } from '#app/reports/invoice-usage/query.server.ts'
import { listInvoices, readInvoice } from '#app/reports/invoices/query.server.ts'
import { listProjects, readResourcePlace } from '#app/reports/projects/query.server.ts'
import { listServers } from '#app/reports/servers/query.server.ts'
import { readUsageChoices, readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { listUsageRecords } from '#app/reports/usage-explorer/records.server.ts'
import { keepPreference } from '#app/services/delivery/keep-recipients.server.ts'
import { addProject, archiveProject, renameProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource, tagResource } from '#app/services/projects/place-resource.server.ts'
import { electronicOfInvoice, pageOfInvoice } from '#app/wiring.server.ts'
import { billMonth } from '#tests/support/billing.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let buyer: Awaited<ReturnType<typeof buildBuyer>>
const at = (instant: string) => setClock(fixedClock(instant))
beforeEach(async () => {
  at('2026-06-01T00:00:00Z')
  tenantId ??= await growTenant('ahorn')
  buyer = await buildBuyer()
})
afterEach(() => setClock())

async function buildBuyer() {
  const accountId = await buildAccount(tenantId, { name: 'Bergmann SE' })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId })
  const productId = await buildProduct(tenantId, `Web ${v7()}`)
  const subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-01T00:00:00Z' })
  return { accountId, contractId, productId, subscriptionId, priceVersionId, priceRuleId: ruleIds[0] ?? '' }
}

async function buildServer(name: string): Promise<string> {
  const [id, { accountId, subscriptionId }] = [v7(), buyer]
  const server = { cloudRef: v7(), externalId: id, kind: 'server', name, state: 'running', zone: 'fra-1', spec: {}, isManaged: true }
  await inTenant(tenantId, ({ db, now }) =>
    db.resource.createMany({ data: [{ tenantId, id, accountId, subscriptionId, ...server, createdAt: now }] }),
  )
  return id
}

const panel = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(tenantId, [buyer.accountId], work)
const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}
const project = async (name: string) => value(await panel((ctx) => addProject(ctx, { accountId: buyer.accountId, name })))
const place = (resourceId: string, projectId: string | null) => panel((ctx) => placeResource(ctx, { resourceId, projectId }))
const tagged = (resourceId: string, ...tags: { key: string; value: string }[]) => panel((ctx) => tagResource(ctx, { resourceId, tags }))

/** Rated usage of a server at six in the morning, or of its subscription alone. */
async function used(day: string, amount: string, resourceId?: string) {
  const { productId: _product, ...refs } = buyer
  const of = resourceId ? { resourceId } : {}
  await buildCharges(tenantId, [{ ...refs, ...of, billingPeriod: `${day.slice(0, 7)}-01`, day, amount, resourceName: 'shop' }])
}

const june = { from: '2026-06-01', to: '2026-06-30', zone: 'Europe/Vienna', language: 'en' }
type Asked = Partial<Parameters<typeof readUsagePicture>[1]>
const picture = (asked: Asked) => panel((ctx) => readUsagePicture(ctx, { ...june, by: 'what', ...asked }))
const sums = async (asked: Asked) => (await picture(asked)).groups.map(({ ref, name, exact }) => [name ?? ref, exact])

describe('a project', () => {
  test('keeps what was charged before a server moved on, fees without a server included', async () => {
    const [web, shop, serverId] = [await project('Web'), await project('Shop'), await buildServer('shop-01')]
    await used('2026-05-31', '1.00', serverId)
    await place(serverId, web)
    await used('2026-06-02', '2.005', serverId)
    await used('2026-06-03', '3.00')
    at('2026-06-10T00:00:00Z')
    await place(serverId, shop)
    await used('2026-06-09', '4.00', serverId)
    await used('2026-06-10', '5.00', serverId)
    at('2026-06-20T00:00:00Z')
    await place(serverId, null)
    await used('2026-06-21', '6.00', serverId)

    expect(await sums({ by: 'project' })).toEqual([
      ['Web', '9.005'],
      [null, '6'],
      ['Shop', '5'],
    ])
    expect((await picture({ by: 'project', from: '2026-05-31', to: '2026-05-31' })).groups).toMatchObject([{ ref: null, exact: '1' }])
    expect(await panel((ctx) => listProjects(ctx))).toMatchObject([
      { name: 'Shop', resources: 0, costs: [{ minor: 500n, currency: 'EUR' }] },
      { name: 'Web', resources: 0, costs: [{ minor: 901n, currency: 'EUR' }] },
    ])
  })

  test('has every charge once: groupings, days and records come to the same sum', async () => {
    const [web, first, second] = [await project('Web'), await buildServer('a'), await buildServer('b')]
    await place(first, web)
    await tagged(first, { key: 'env', value: 'live' }, { key: 'team', value: 'x' })
    await used('2026-06-05', '0.333333', first)
    await used('2026-06-05', '0.333333', second)
    await used('2026-06-06', '0.333334')
    for (const by of ['what', 'day', 'resource', 'project', 'product'] as const) {
      const { groups, total, days } = await picture({ by })
      expect(groups.reduce((sum, { exact }) => sum + Math.round(Number(exact) * 1e6), 0)).toBe(1_000_000)
      expect(total).toEqual({ minor: 100n, currency: 'EUR' })
      expect(days.filter(({ amount }) => amount.minor > 0n).map(({ day }) => day)).toEqual(['2026-06-05', '2026-06-06'])
    }
    const records = await panel((ctx) => listUsageRecords(ctx, { ...june, projectId: web, page: 1 }))
    expect(records.rows.map(({ exact, projectName }) => [exact, projectName])).toEqual([
      ['0.333334', 'Web'],
      ['0.333333', 'Web'],
    ])
    expect((await picture({ projectId: 'none' })).total.minor).toBe(33n)
    expect((await picture({ tag: { key: 'env', value: 'live' }, resourceId: first })).total.minor).toBe(67n)
  })

  test('has one name at a time in an account, whatever the letters, and is found again after it was put away', async () => {
    const [web, serverId] = [await project('Web'), await buildServer('shop-01')]
    await project('Shop')
    expect(await panel((ctx) => addProject(ctx, { accountId: buyer.accountId, name: 'WEB' }))).toEqual({ ok: false, error: 'name-taken' })
    expect(await panel((ctx) => renameProject(ctx, { projectId: web, name: 'shop' }))).toEqual({ ok: false, error: 'name-taken' })
    await place(serverId, web)
    expect((await panel((ctx) => archiveProject(ctx, web))).ok).toBe(true)
    expect(await panel((ctx) => readResourcePlace(ctx, serverId))).toMatchObject({ project: null })
    expect((await place(serverId, web)).ok).toBe(false)
    await project('web')
    expect((await panel((ctx) => listProjects(ctx))).map(({ name, isArchived }) => [name, isArchived])).toEqual([
      ['Shop', false],
      ['web', false],
      ['Web', true],
    ])
  })

  test('is nobody else’s: another buyer neither sees it nor puts a server in it', async () => {
    const [web, serverId] = [await project('Web'), await buildServer('shop-01')]
    const other = await buildAccount(tenantId)
    const theirs = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(tenantId, [other], work)
    expect(await theirs((ctx) => listProjects(ctx))).toEqual([])
    expect(await theirs((ctx) => placeResource(ctx, { resourceId: serverId, projectId: web }))).toEqual({
      ok: false,
      error: 'resource-not-found',
    })
    const own = value(await theirs((ctx) => addProject(ctx, { accountId: other, name: 'Web' })))
    expect(await place(serverId, own)).toEqual({ ok: false, error: 'project-not-found' })
  })

  test('that was chosen with the order has what the server costs from its first fee on', async () => {
    const web = await project('Web')
    const { accountId, contractId, productId } = buyer
    const orderId = v7()
    const money = { netMinor: 0n, taxMinor: 0n, totalMinor: 0n, currency: 'EUR' }
    const order = { productId, contractId, accountId, state: 'placed', input: { name: 'shop-01', projectId: web }, idempotencyKey: v7() }
    await inTenant(tenantId, ({ db, now }) => db.order.createMany({ data: [{ tenantId, id: orderId, ...order, ...money, placedAt: now }] }))
    const server = { cloudRef: v7(), externalId: v7(), state: 'running', address: null } as const
    const { subscriptionId } = await inTenant(tenantId, (ctx) => attachOrder(ctx, { orderId, server }))
    buyer = { ...buyer, subscriptionId }
    await used('2026-05-31', '5.00')
    expect((await picture({ from: '2026-05-31', projectId: web })).total.minor).toBe(500n)
  })
})

describe('labels', () => {
  test('count from when they are set to when they are changed, and narrow the list of servers', async () => {
    const serverId = await buildServer('shop-01')
    await tagged(serverId, { key: 'env', value: 'trial' }, { key: 'team', value: 'web' })
    await used('2026-06-02', '1.00', serverId)
    at('2026-06-03T00:00:00Z')
    await tagged(serverId, { key: 'env', value: 'live' }, { key: 'team', value: 'web' })
    await tagged(serverId, { key: 'env', value: 'live' }, { key: 'team', value: 'web' })
    await used('2026-06-03', '2.00', serverId)
    expect(await sums({ by: 'tag', tagKey: 'env' })).toEqual([
      ['live', '2'],
      ['trial', '1'],
    ])
    expect((await picture({ by: 'what', tag: { key: 'team', value: 'web' } })).total.minor).toBe(300n)
    expect((await panel((ctx) => readUsageChoices(ctx))).keys).toEqual(['env', 'team'])
    const listed = (tag: string) => panel((ctx) => listServers(ctx, { tag: { key: 'env', value: tag }, page: 1, language: 'en' }))
    expect((await listed('live')).rows.map(({ name }) => name)).toEqual(['shop-01'])
    expect((await listed('trial')).rows).toEqual([])
  })
})

test('an invoice tells what was used in each project; subtotals come to its net, lines and XML stay as they are', async () => {
  const [web, shop] = [await project('Web'), await project('Shop')]
  const [first, second, third] = [await buildServer('a'), await buildServer('b'), await buildServer('c')]
  await place(first, web)
  await place(second, shop)
  const { accountId } = buyer
  await panel((ctx) => keepPreference(ctx, { accountId, manner: 'attached', hasXml: false, byProject: true }))
  await used('2026-06-05', '10.005', first)
  await used('2026-06-05', '5.004', second)
  await used('2026-06-06', '3.00', third)
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const read = async <T>(work: (ctx: TenantContext, id: string) => Promise<T>) =>
    panel(async (ctx) => {
      const { rows } = await listInvoices(ctx, { limit: 1 })
      return work(ctx, rows[0]?.id ?? '')
    })
  const invoice = await read(readInvoice)
  expect(invoice?.net).toEqual({ minor: 1801n, currency: 'EUR' })
  expect(invoice?.sections.map(({ lines }) => lines.map(({ net }) => net.minor))).toEqual([[1801n]])
  expect(invoice?.byProject?.map(({ project: name, net, lines }) => [name, net.minor, lines[0]?.billedQuantity])).toEqual([
    ['Shop', 500n, '1'],
    ['Web', 1001n, '1'],
    [null, 300n, '1'],
  ])

  const stored = await read(readFinalisedInvoice)
  if (!stored) throw new Error('there is no invoice')
  const page = await pageOfInvoice(stored.invoice)
  expect(page.sections.map(({ title, subtotal }) => [title, subtotal?.value])).toEqual([
    ['Shop', '5,00'],
    ['Web', '10,01'],
    ['Ohne Projekt', '3,00'],
  ])
  expect((await electronicOfInvoice(stored.invoice)).lines).toMatchObject([{ net: { minor: 1801n } }])
  const { rows: cells } = await read((ctx, invoiceId) => readInvoiceUsage(ctx, { invoiceId, afterId: null }))
  expect(cells.map((row) => row.at(-1))).toEqual(['Web', 'Shop', ''])
})
