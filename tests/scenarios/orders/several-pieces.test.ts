import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readStocks } from '#app/db/catalog/product-stocks.server.ts'
import { inPanel, inStore, inTenant } from '#app/db/context.server.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { combineQuotes } from '#app/reports/order-quote/combine.ts'
import { toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { listOwnOrders } from '#app/reports/orders/own-orders.server.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { awaitTransfer } from '#app/services/orders/await-transfer.server.ts'
import { joinNetwork } from '#app/services/orders/join-network.server.ts'
import { endPieces, startPieces } from '#app/services/orders/order-pieces.server.ts'
import { fundOrder } from '#app/services/orders/pay-order-first.server.ts'
import { failChain } from '#app/services/orders/provision-order.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { setStock } from '#app/services/products/set-stock.server.ts'
import { acceptEntry } from '#app/services/reconciliation/accept-entry.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sandboxOf } from '#tests/support/sandbox-seller.ts'
import { buildPromotion, buildShop, buildShopper, countersOf, orderWith, type Shop } from '../promotions/store.ts'

const now = '2026-06-05T14:40:00Z'
let shop: Shop
let accountId: string

beforeEach(async () => {
  setClock(fixedClock(now))
  shop = await buildShop()
  accountId = (await buildShopper(shop)).accountId
})

afterEach(() => setClock())

const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
const piecesOf = (orderId: string) =>
  asOffice(shop.tenantId, ({ db }) =>
    db.order.findMany({
      where: { OR: [{ id: orderId }, { leadOrderId: orderId }] },
      select: { id: true, input: true, totalMinor: true, promoCode: true, state: true },
      orderBy: { id: 'asc' },
    }),
  )
/** A line of the seller's bank that brought so much. */
async function bankEntry(tenantId: string, amountMinor: bigint): Promise<string> {
  const [statementId, id] = [v7(), v7()]
  const at = new Date(now)
  const file = { fileHash: v7(), part: 1, fileName: 'june.xml', format: 'camt.053', fromDay: at, toDay: at, entryCount: 1, newCount: 1 }
  const statement = { ...file, iban: 'AT611904300234573201', currency: 'EUR', importedBy: 'test' }
  const entry = { entryKey: v7(), bookedOn: at, currency: 'EUR', amountMinor, text: 'web', state: 'open' }
  await asOffice(tenantId, async ({ db }) => {
    await db.bankStatement.createMany({ data: [{ tenantId, id: statementId, ...statement, importedAt: at }] })
    await db.bankEntry.createMany({ data: [{ tenantId, id, statementId, ...entry }] })
  })
  return id
}

const progressOf = (orderId: string) => inPanel(shop.tenantId, [accountId], (ctx) => readOrderProgress(ctx, orderId, 'en'))
const placedEvents = async () => {
  const events = await asOffice(shop.tenantId, ({ db }) => db.outboxEvent.findMany({ where: { name: 'order/placed' } }))
  return events.map(({ data }) => (data as { orderId: string }).orderId)
}

test('three servers are one order: numbered, priced as one after the other, and quoted before as they are accepted', async () => {
  // A month of 95.00 and a setup of 15.00 with 20 % VAT are 132.00; ten percent of the month less, 120.60.
  const promotion = await buildPromotion(shop, { maxPerAccount: 2 })
  const quote = await asOffice(shop.tenantId, (ctx) =>
    quoteOrder(ctx, { accountId, planCode: shop.planCode, quantity: 3, promoCodes: ['WEEKEND10'] }),
  )
  if (!quote.ok) throw new Error(quote.error)
  expect(quote.value).toMatchObject({ problem: null, acceptedCodes: ['WEEKEND10'] })
  const page = combineQuotes(quote.value.pieces.map(({ price, count }) => ({ quote: toOrderQuote(price, 'en'), count })))
  expect(page).toMatchObject({ firstTotal: eur(37_320n), monthlyTotal: eur(34_200n), discounts: [{ amount: eur(-1900n) }] })
  expect(page.lines.map(({ feeKind, count, amount }) => [feeKind, count, amount.minor])).toEqual([
    ['setup', 3, 4500n],
    ['recurring', 3, 28_500n],
  ])

  const facts = { name: 'web', quantity: 3, idempotencyKey: 'three' }
  expect(await orderWith(shop, accountId, ['WEEKEND10'], { ...facts, agreedMinor: 37_319n })).toEqual({
    ok: false,
    error: 'amount-changed',
  })
  const order = await orderWith(shop, accountId, ['WEEKEND10'], { ...facts, agreedMinor: 37_320n })
  if (!order.ok) throw new Error(order.error)
  expect(await orderWith(shop, accountId, ['WEEKEND10'], facts)).toEqual(order)
  const pieces = await piecesOf(order.value.orderId)
  expect(pieces.map(({ input, totalMinor, promoCode }) => [(input as { name: string }).name, totalMinor, promoCode])).toEqual([
    ['web-1', 12_060n, 'WEEKEND10'],
    ['web-2', 12_060n, 'WEEKEND10'],
    ['web-3', 13_200n, null],
  ])
  expect(await countersOf(shop, promotion)).toMatchObject({ promotion: 2, accounts: 2 })

  const { orderId } = order.value
  expect(await placedEvents()).toEqual([orderId])
  await startPieces({ tenantId: shop.tenantId, orderId })
  expect((await placedEvents()).toSorted()).toEqual(pieces.map(({ id }) => id))
  const { rows } = await inPanel(shop.tenantId, [accountId], (ctx) => listOwnOrders(ctx, { limit: 5, cursor: null, language: 'en' }))
  expect(rows).toMatchObject([{ id: orderId, count: 3, total: eur(37_320n), state: 'placed' }])
  expect(rows[0]?.again).toContain('quantity=3')
})

test('more than there is, than one customer may have or than an order holds is refused as a whole', async () => {
  const stock = (remaining: number, limitPerCustomer: number | null) =>
    asOffice(shop.tenantId, (ctx) =>
      setStock(ctx, { productId: shop.productId, limitPerCustomer, stocks: [{ location: 'vie-1', remaining }] }),
    )
  const order = (quantity: number, key: string) => orderWith(shop, accountId, [], { quantity, idempotencyKey: key })
  await stock(2, null)
  expect(await order(3, 'stock')).toEqual({ ok: false, error: 'sold-out' })
  await stock(9, 2)
  expect(await order(3, 'limit')).toEqual({ ok: false, error: 'limit-reached' })
  for (const quantity of [0, -1, 21, 1.5, 1e308])
    expect(await order(quantity, `many-${quantity}`)).toEqual({ ok: false, error: 'too-many-pieces' })
  expect((await inStore(shop.tenantId, (ctx) => readStocks(ctx, shop.productId)))[0]?.remaining).toBe(9)
  expect(await asOffice(shop.tenantId, ({ db }) => db.order.count())).toBe(0)
})

test('several things are paid at once; the piece that fails gives back what it cost, and the others go on', async () => {
  const sandbox = await sandboxOf(shop.tenantId)
  const further = [{ planCode: shop.planCode, locationCode: 'vie-1', imageCode: 'debian-12', name: 'db' }]
  const order = await orderWith(shop, accountId, [], { name: 'web', quantity: 2, further, paysNow: true })
  if (!order.ok) throw new Error(order.error)
  const { tenantId } = shop
  const { orderId } = order.value
  const toPay = await inPanel(tenantId, [accountId], (ctx) => readOrderToPay(ctx, orderId))
  expect(toPay).toMatchObject({ total: eur(39_600n), targets: Array(3).fill({ amount: eur(13_200n) }) })
  const targets = (toPay?.targets ?? []).map((target) => ({ kind: 'order' as const, ...target }))
  const started = await startCheckout(sandbox.process, {
    accountId,
    purpose: 'order',
    targets,
    amount: eur(39_600n),
    saves: false,
    returnPath: '/',
    actor: { kind: 'system', name: 'test' },
  })
  if (!started.ok) throw new Error(started.error)
  await sandbox.pay(started.value.attemptId)
  await settleAttempt(sandbox.process, started.value.attemptId)

  const [first, second, third] = (await piecesOf(orderId)).map(({ id }) => ({ tenantId, orderId: id }))
  if (!first || !second || !third) throw new Error('a piece is missing')
  expect(await fundOrder([first])).toEqual({ ok: true, value: 'reserved' })
  await failChain([second], 'failed', 'cloud-unavailable')
  expect(await fundOrder([third])).toEqual({ ok: true, value: 'reserved' })
  const refunds = await inTenant(tenantId, ({ db }) => db.gatewayRefund.findMany({ select: { id: true, amountMinor: true } }))
  expect(refunds).toEqual([{ id: second.orderId, amountMinor: 13_200n }])
  const progress = await progressOf(orderId)
  expect(progress).toMatchObject({ state: 'provisioning', isToPay: false, refunded: eur(13_200n), kept: null, total: eur(39_600n) })
  expect(progress?.pieces.map(({ name, state }) => [name, state])).toEqual([
    ['web-1', 'placed'],
    ['web-2', 'failed'],
    ['db', 'placed'],
  ])
  expect((await progressOf(second.orderId))?.leadId).toBe(orderId)
})

test('an order by transfer waits for all of it, counts no other money, and goes on when the bank has it', async () => {
  const { tenantId } = shop
  const byTransfer = () =>
    orderWith(shop, accountId, [], { name: 'web', quantity: 2, paysNow: true, byTransfer: true, idempotencyKey: 'transfer' })
  expect(await byTransfer()).toEqual({ ok: false, error: 'transfer-not-offered' })
  await asOffice(tenantId, ({ db }) =>
    db.tenant.updateMany({ data: { bankHolder: 'Ahorn', bankName: 'Musterbank', bankIban: 'AT611904300234573201' } }),
  )
  const order = await byTransfer()
  if (!order.ok) throw new Error(order.error)
  const { orderId } = order.value
  const [first, second] = (await piecesOf(orderId)).map(({ id }) => ({ tenantId, orderId: id }))
  if (!first || !second) throw new Error('a piece is missing')
  expect([await awaitTransfer(first), await awaitTransfer(second)]).toEqual([orderId, orderId])
  expect(await progressOf(orderId)).toMatchObject({ isToPay: false, transfer: { amount: eur(26_400n), dueOn: '2026-06-15' } })
  expect((await inPanel(tenantId, [accountId], (ctx) => readOrderToPay(ctx, orderId)))?.targets).toEqual([])

  const entryId = await bankEntry(tenantId, 26_400n)
  const accepted = await asOffice(tenantId, (ctx) => acceptEntry(ctx, { entryId, accountId, expectedPaymentId: orderId, shares: [] }))
  if (!accepted.ok) throw new Error(accepted.error)
  expect([await awaitTransfer(first), await awaitTransfer(second)]).toEqual([null, null])
  expect(await progressOf(orderId)).toMatchObject({ isToPay: false, transfer: null, refunded: null })
  expect(await fundOrder([first])).toEqual({ ok: true, value: 'reserved' })
  await failChain([second], 'failed', 'cloud-unavailable')
  expect(await progressOf(orderId)).toMatchObject({ kept: eur(13_200n) })
  const told = await asOffice(tenantId, ({ db }) => db.outboxEvent.findMany({ where: { name: 'order/paid' }, select: { data: true } }))
  expect(told).toEqual([{ data: { tenantId, orderId } }])
})

test('a server joins the network it was ordered for once it runs, one after the other, and none of another place or buyer', async () => {
  const { tenantId } = shop
  const [networkId, farId, strangeId] = [v7(), v7(), v7()]
  const stranger = (await buildShopper(shop)).accountId
  const made = { tenantId, cloudRef: v7(), isManaged: true, createdAt: new Date(now) }
  const network = { ...made, kind: 'network', name: 'inside', state: 'ready', spec: { range: '10.0.0.0/24', serverIds: [] } }
  await asOffice(tenantId, ({ db }) =>
    db.resource.createMany({
      data: [
        { ...network, id: networkId, externalId: 'n-1', accountId, zone: 'vie-1' },
        { ...network, id: farId, externalId: 'n-2', accountId, zone: 'fra-1' },
        { ...network, id: strangeId, externalId: 'n-3', accountId: stranger, zone: 'vie-1' },
      ],
    }),
  )
  for (const wrong of [farId, strangeId, v7()])
    expect(await orderWith(shop, accountId, [], { networkId: wrong })).toEqual({ ok: false, error: 'network-not-offered' })
  const order = await orderWith(shop, accountId, [], { name: 'web', quantity: 2, networkId })
  if (!order.ok) throw new Error(order.error)
  const pieces = (await piecesOf(order.value.orderId)).map(({ id }) => ({ tenantId, orderId: id }))
  for (const [place, piece] of pieces.entries()) {
    const id = v7()
    const server = { ...made, id, kind: 'server', externalId: `s-${place}`, name: `web-${place}`, accountId, zone: 'vie-1', spec: {} }
    await asOffice(tenantId, async ({ db }) => {
      await db.resource.createMany({ data: [{ ...server, state: 'running' }] })
      await db.order.updateMany({ where: { id: piece.orderId }, data: { resourceId: id } })
    })
  }
  const [first, second] = pieces
  if (!first || !second) throw new Error('a piece is missing')
  expect([await joinNetwork(first), await joinNetwork(first), await joinNetwork(second)]).toEqual([true, true, false])
})

test('when nothing of an order may go on, no piece of it does', async () => {
  const order = await orderWith(shop, accountId, [], { quantity: 2 })
  if (!order.ok) throw new Error(order.error)
  const lead = { tenantId: shop.tenantId, orderId: order.value.orderId }
  await failChain([lead], 'refused', 'not-available')
  await endPieces(lead, 'refused', 'not-available')
  await startPieces(lead)
  expect(await placedEvents()).toEqual([lead.orderId])
  expect(await progressOf(lead.orderId)).toMatchObject({ state: 'refused', kept: null })
})
