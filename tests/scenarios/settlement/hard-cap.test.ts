import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import { insertOrder } from '#app/db/orders/orders.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { plainRule } from '#app/domain/pricing/price-rule.ts'
import { readTimeline } from '#app/reports/account-timeline/query.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { asOffice, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { agree, buildSettledEdge, type SettledEdge } from '#tests/support/settled-edge.ts'

const june = '2026-05-31T22:00:00Z'

let edge: SettledEdge
let serverPlan: string
beforeEach(async () => {
  edge = await buildSettledEdge()
  serverPlan = await poolWith(98)
})
afterEach(() => setClock())

/** A pool of 100 vCPU at 600.00, 8.00 for what goes beyond, with that many servers of 1 vCPU in it. Returns their plan. */
async function poolWith(servers: number): Promise<string> {
  const { tenantId, accountId, contractId } = edge.provider
  const pool = await buildProduct(tenantId, 'Pool 100')
  const plan = await buildProduct(tenantId, 'vCPU')
  await asOffice(tenantId, ({ db }) =>
    db.product.updateMany({ where: { tenantId, id: plan }, data: { spec: { proration: 'day', cpuNumber: 1, memoryMib: 1024 } } }),
  )
  const { priceBookId, priceVersionId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', productId: pool, price: '600' },
    { feeKind: 'recurring', productId: plan, price: '0' },
  ])
  const facts = { id: '', priceVersionId, feeKind: 'usage', productId: pool, meter: 'server.cpu', unit: 'vCPU-hour' } as const
  const hundred = { unitPrice: new Decimal(8), included: new Decimal(74_400), validFrom: new Date('2026-01-01T00:00:00Z') }
  const rule = { ...plainRule({ ...facts, ...hundred }), includedScope: 'pool' as const }
  await asOffice(tenantId, async (ctx) => {
    await insertPriceRules(ctx, { priceVersionId, isPublic: false, rules: [rule] })
    await ctx.db.contract.updateMany({ where: { tenantId, id: contractId }, data: { priceBookId } })
  })
  await buildSubscription(tenantId, { accountId, contractId, productId: pool, startedAt: june })
  for (let made = 0; made < servers; made += 1)
    await buildSubscription(tenantId, { accountId, contractId, productId: plan, startedAt: june, name: `web-${made}` })
  return plan
}

/** A customer of the reseller orders a server of 1 vCPU: what becomes of it at the parent. */
async function order() {
  const { tenantId, accountId, contractId } = edge.reseller
  const productId = await asOffice(tenantId, async ({ db }) => {
    const product = await db.product.findFirstOrThrow({ where: { tenantId } })
    await db.product.updateMany({ where: { tenantId, id: product.id }, data: { parentProductId: serverPlan } })
    return product.id
  })
  const common = { accountId, contractId, productId, input: {}, currency: 'EUR', netMinor: 10_000n, taxMinor: 2_000n }
  const { id: orderId } = await asOffice(tenantId, (ctx) => insertOrder(ctx, { ...common, idempotencyKey: v7() }))
  return { orderId, placed: await orderUpstream({ tenantId, orderId }) }
}

test('of a pool of 100 vCPU with a hard cap the 100th is sold and the 101st refused at order', async () => {
  await agree(edge, { entitlementScope: 'pool', hardCap: true })
  const taken = [await order(), await order(), await order()]
  expect(taken.map(({ placed }) => (placed.ok ? 'placed' : placed.error))).toEqual(['placed', 'placed', 'pool-full'])
  expect(await orderUpstream({ tenantId: edge.reseller.tenantId, orderId: taken[1]?.orderId ?? '' })).toMatchObject({ ok: true })
})

test('the reseller’s staff read what is missing of which pool', async () => {
  await agree(edge, { entitlementScope: 'pool', hardCap: true })
  for (let count = 0; count < 2; count += 1) await order()
  const { orderId } = await order()
  const { tenantId } = edge.reseller
  const [entry] = await asOffice(tenantId, ({ db }) => db.auditEntry.findMany({ where: { tenantId, action: 'order.refused' }, take: 5 }))
  expect(entry).toMatchObject({ subjectId: orderId, detail: { reason: 'pool-full', meter: 'server.cpu', missing: '744' } })
  const { accountId } = await asOffice(tenantId, ({ db }) => db.order.findFirstOrThrow({ where: { id: orderId } }))
  const [told] = await asOffice(tenantId, (ctx) => readTimeline(ctx, accountId))
  expect(told).toMatchObject({ kind: 'order.refused.pool-full', note: '744 server.cpu', amount: null })
})

test('two orders at once for the last vCPU: one of them is placed', async () => {
  await agree(edge, { entitlementScope: 'pool', hardCap: true })
  await order()
  const both = await Promise.all([order(), order()])
  expect(both.filter(({ placed }) => placed.ok)).toHaveLength(1)
})

test('without a hard cap what goes beyond the pool is placed, and charged', async () => {
  await agree(edge, { entitlementScope: 'pool' })
  const taken = [await order(), await order(), await order()]
  expect(taken.map(({ placed }) => placed.ok)).toEqual([true, true, true])
})
