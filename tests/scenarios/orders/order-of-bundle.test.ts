import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inStore, type TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { readStoreQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { activateChain, attachChain, createServer } from '#app/services/orders/provision-order.server.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, builtAt } from '#tests/support/builders.ts'
import { orderWith } from '../promotions/store.ts'
import { buildFriday, type Friday } from './friday.ts'

let friday: Friday
let bundle: { readonly id: string; readonly code: string; readonly members: readonly string[] }

beforeEach(async () => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  friday = await buildFriday()
})
afterEach(() => setClock())

/** Care of the reseller's own: monitoring and advice in it at 49.00 a month and 20.00 once, a report beside it for 5.00. */
async function sellCare(parts: readonly string[] = []) {
  const { tenantId, priceBookId } = friday.shop
  const [id, monitoring, advice, report] = [v7(), v7(), v7(), v7()]
  const code = `care-${id}`
  const common = { tenantId, description: {}, status: 'published', createdAt: builtAt, spec: { proration: 'day' } }
  await asOffice(tenantId, async (ctx) => {
    const { id: priceVersionId } = await ctx.db.priceVersion.findFirstOrThrow({ where: { tenantId, priceBookId }, select: { id: true } })
    await ctx.db.product.createMany({
      data: [
        { ...common, id, code, kind: 'bundle', name: { en: 'Care', de: 'Rundum' }, position: 9 },
        { ...common, id: monitoring, code: `m-${id}`, kind: 'service', name: { en: 'Monitoring', de: 'Überwachung' }, position: 10 },
        { ...common, id: advice, code: `a-${id}`, kind: 'sla', name: { en: 'Advice', de: 'Beratung' }, position: 11 },
        { ...common, id: report, code: `r-${id}`, kind: 'service', name: { en: 'Report', de: 'Bericht' }, position: 12 },
      ],
    })
    const fees = [
      ...[fee(id, 'setup', '20.00'), fee(id, 'recurring', '49.00'), fee(report, 'recurring', '5.00')],
      ...[fee(monitoring, 'recurring', '12.00'), fee(advice, 'recurring', '30.00')],
    ]
    await ctx.db.priceRule.createMany({ data: fees.map((each) => ({ ...each, id: v7(), tenantId, priceVersionId, isPublic: false })) })
    const shown = { tenantId, priceVersionId: await publicVersion(ctx), isPublic: true }
    const web2 = fee(friday.shop.productId, 'recurring', '95.00')
    await ctx.db.priceRule.createMany({ data: [...fees, web2].map((each) => ({ ...each, ...shown, id: v7() })) })
    const member = (memberId: string, role: 'included' | 'optional') => ({ memberId, role, quantity: new Decimal(1) })
    const included = [...parts, monitoring, advice].map((memberId) => member(memberId, 'included'))
    await composeBundle(ctx, { bundleId: id, members: [...included, member(report, 'optional')] })
  })
  return { id, code, members: [monitoring, advice, report] }
}

const fee = (productId: string, feeKind: 'setup' | 'recurring', unitPrice: string) => ({
  productId,
  feeKind,
  unitPrice,
  unit: 'month',
  included: '0',
  match: {},
})

/** A version of a new book for visitors, the only one from now on. */
async function publicVersion({ db, tenantId }: TenantContext): Promise<string> {
  const [priceBookId, id] = [v7(), v7()]
  const common = { tenantId, isPublic: true, createdAt: builtAt }
  await db.priceBook.createMany({ data: [{ ...common, id: priceBookId, code: priceBookId, name: 'Store', currency: 'EUR' }] })
  await db.priceVersion.createMany({ data: [{ ...common, id, priceBookId, number: 1, validFrom: builtAt, validTo: null }] })
  return id
}

async function ordered(facts: Parameters<typeof orderWith>[3] = {}) {
  const services = { planCode: bundle.code, locationCode: undefined, imageCode: undefined, name: undefined }
  const order = await orderWith(friday.shop, friday.accountId, [], { ...services, ...facts })
  if (!order.ok) throw new Error(order.error)
  const first = { tenantId: friday.shop.tenantId, orderId: order.value.orderId }
  const chain = await orderUpstream(first)
  if (!chain.ok) throw new Error(chain.error)
  return chain.value
}

test('the store offers it beside the plans, with what is in it and what can be taken with it', async () => {
  bundle = await sellCare()
  const catalog = await inStore(friday.shop.tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' }))
  expect(catalog?.plans.map(({ name }) => name)).toEqual(['Web 2'])
  expect(catalog?.bundles).toMatchObject([
    { name: 'Care', setup: { minor: 2_000n }, monthlyCap: { minor: 4_900n }, included: ['Monitoring', 'Advice'], optional: ['Report'] },
  ])
})

test('a visitor reads its price, with the option that was ticked', async () => {
  bundle = await sellCare()
  const input = { planCode: bundle.code, optionCodes: [`r-${bundle.id}`], language: 'en' }
  const quote = await inStore(friday.shop.tenantId, (ctx) => readStoreQuote(ctx, input))
  expect(quote?.lines.map(({ role, name, feeKind }) => `${role} ${name} ${feeKind}`)).toEqual([
    'main Care setup',
    'main Care recurring',
    'included Monitoring recurring',
    'included Advice recurring',
    'add-on Report recurring',
  ])
  expect(quote?.monthlyNet.minor).toBe(5_400n)
})

test('its order needs no place, system or name, and nothing is bought above for services of the own', async () => {
  bundle = await sellCare()
  const chain = await ordered()
  expect(chain).toHaveLength(1)
  expect(await createServer(cloudPorts, chain)).toBeNull()
  await attachChain(chain, null)
  await activateChain(chain, null, new Date('2026-06-05T14:41:00Z'))
  const progress = await inPanel(friday.shop.tenantId, [friday.accountId], (ctx) => readOrderProgress(ctx, chain[0]?.orderId ?? '', 'en'))
  expect(progress).toMatchObject({ state: 'active', hasServer: false, serverName: 'Rundum', planName: 'Care', serverId: null })
  expect(progress?.steps.map(({ step }) => step)).toEqual(['accepted', 'reserved', 'ready'])
  expect(progress?.subscriptionId).not.toBeNull()
})

test('the invoice shows the bundle at its price and what is in it at 0.00', async () => {
  bundle = await sellCare()
  const chain = await ordered({ optionCodes: [`r-${bundle.id}`] })
  await attachChain(chain, null)
  await activateChain(chain, null, new Date('2026-06-05T14:41:00Z'))
  await billMonth(friday.shop.tenantId, '2026-06', '2026-07-05T06:00:00Z')
  const [invoice] = await invoicesOf(friday.shop.tenantId)
  expect(amountsOf(invoice)).toEqual([7_400n, 1_480n, 8_880n])
  const lines = invoice?.sections.flatMap(({ lines: each }) => each)
  expect(lines?.map(({ kind, subject, net }) => `${kind} ${subject.product?.de} ${net.minor}`).sort()).toEqual([
    'recurring Beratung 0',
    'recurring Bericht 500',
    'recurring Rundum 4900',
    'recurring Überwachung 0',
    'setup Rundum 2000',
  ])
})

test('a bundle with a plan in it builds the server of the plan, bought above as what the parent sells', async () => {
  bundle = await sellCare([friday.shop.productId])
  const catalog = await inStore(friday.shop.tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' }))
  expect(catalog?.plans.map(({ name, cpuNumber, monthlyCap }) => [name, cpuNumber, monthlyCap.minor])).toEqual([
    ['Web 2', 4, 9_500n],
    ['Care', 4, 4_900n],
  ])
  const chain = await ordered({ locationCode: 'vie-1', imageCode: 'debian-12', name: 'werkstatt' })
  expect(chain.map(({ tenantId }) => tenantId)).toEqual([friday.shop.tenantId, friday.provider])
  const above = await asOffice(friday.provider, ({ db }) =>
    db.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId: friday.provider, id: chain[1]?.orderId ?? '' } },
      select: { netMinor: true, productId: true },
    }),
  )
  expect(above).toEqual({ netMinor: 7_220n, productId: friday.shelves.above.web2 })
})

test('a bundle whose plan is hidden is not sold, neither as a server nor as services alone', async () => {
  const { productId, tenantId } = friday.shop
  bundle = await sellCare([productId])
  const setStatus = (status: string) =>
    asOffice(tenantId, ({ db }) => db.product.update({ where: { tenantId_id: { tenantId, id: productId } }, data: { status } }))
  const offered = () =>
    inStore(tenantId, async (ctx) => {
      const catalog = await readStoreCatalog(ctx, { language: 'en' })
      const quote = await readStoreQuote(ctx, { planCode: bundle.code, optionCodes: [], language: 'en' })
      return [...(catalog?.plans ?? []), ...(catalog?.bundles ?? [])].some(({ code }) => code === bundle.code) && quote !== null
    })
  await setStatus('hidden')
  expect(await offered()).toBe(false)
  const inCatalog = await inStore(tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' }))
  expect(inCatalog?.bundles).toEqual([])
  const order = await orderWith(friday.shop, friday.accountId, [], { planCode: bundle.code })
  expect(order).toEqual({ ok: false, error: 'plan-not-found' })

  await setStatus('published')
  expect(await offered()).toBe(true)
})
