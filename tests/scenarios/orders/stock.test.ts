import { beforeEach, expect, test } from 'vitest'
import { readStocks } from '#app/db/catalog/product-stocks.server.ts'
import { inPanel, inStore } from '#app/db/context.server.ts'
import { listOwnOrders } from '#app/reports/orders/own-orders.server.ts'
import { failChain } from '#app/services/orders/provision-order.server.ts'
import { setStock } from '#app/services/products/set-stock.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildShop, buildShopper, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
let accountId: string

beforeEach(async () => {
  shop = await buildShop()
  accountId = (await buildShopper(shop)).accountId
})

const keep = (remaining: number | null, limitPerCustomer: number | null = null) =>
  asOffice(shop.tenantId, (ctx) =>
    setStock(ctx, { productId: shop.productId, limitPerCustomer, stocks: [{ location: 'vie-1', remaining }] }),
  )
const left = async () => (await inStore(shop.tenantId, (ctx) => readStocks(ctx, shop.productId)))[0]?.remaining
const order = (key: string, buyer = accountId) => orderWith(shop, buyer, [], { idempotencyKey: key, name: key })

test('of two orders at once for the last one in stock a single one is accepted', async () => {
  await keep(1)
  const other = (await buildShopper(shop)).accountId
  const both = await Promise.all([order('first'), order('second', other)])
  expect(both.map((result) => (result.ok ? 'ok' : result.error)).sort()).toEqual(['ok', 'sold-out'])
  expect(await left()).toBe(0)
})

test('an order that ends unfulfilled gives back what it took, once; a repeat of the same form takes nothing more', async () => {
  await keep(2)
  const placed = await order('first')
  if (!placed.ok) throw new Error(placed.error)
  expect(await order('first')).toEqual(placed)
  expect(await left()).toBe(1)
  const chain = [{ tenantId: shop.tenantId, orderId: placed.value.orderId }]
  await failChain(chain, 'failed', 'server-not-built')
  await failChain(chain, 'failed', 'server-not-built')
  expect(await left()).toBe(2)
})

test('a customer has as many as one customer may, and without a number as many as it likes', async () => {
  await keep(null, 1)
  expect((await order('first')).ok).toBe(true)
  expect(await order('second')).toEqual({ ok: false, error: 'limit-reached' })
  expect((await order('third', (await buildShopper(shop)).accountId)).ok).toBe(true)
  await keep(null)
  expect((await order('second')).ok).toBe(true)
})

test('what was ordered is ordered once more by its address, under a name that is free; what is sold no more is not', async () => {
  await order('web-1')
  await order('web-2')
  const again = async () => {
    const { rows } = await inPanel(shop.tenantId, [accountId], (ctx) => listOwnOrders(ctx, { limit: 1, cursor: null, language: 'en' }))
    return rows.map((row) => row.again)
  }
  expect(await again()).toEqual([`plan=${shop.planCode}&location=vie-1&image=debian-12&name=web-3`])
  await asOffice(shop.tenantId, ({ db }) => db.product.updateMany({ where: { id: shop.productId }, data: { status: 'retired' } }))
  expect(await again()).toEqual([null])
})
