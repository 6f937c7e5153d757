import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { combineQuotes } from '#app/reports/order-quote/combine.ts'
import { toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import type { ApplicationWish, OrderLine } from '#app/services/orders/order-choice.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { sellCart } from './cart-store.ts'

afterEach(() => setClock())

const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}

/** A store that sells a server, hours of work and an application, and a customer of it. */
async function buildStore() {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  const facts = { country: 'AT', timeZone: 'Europe/Vienna', vatId: 'ATU12345675', numberPrefix: 'AH' }
  const tenantId = await buildTenant({ slug: 'ahorn', ...facts })
  const { planCode, rules } = await sellCart(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, rules)
  const accountId = await buildAccount(tenantId, { name: 'Café Linde e.U.', country: 'AT' })
  await buildContract(tenantId, { accountId, priceBookId })
  return { tenantId, accountId, planCode }
}

type Store = Awaited<ReturnType<typeof buildStore>>
const place = { locationCode: 'vie-1', imageCode: 'debian-12' }

/** As the cart holds it: every tier of an application is a line with the same wish. */
function applicationLines(planCode: string, application: ApplicationWish & { readonly name: string }, webs: number): OrderLine[] {
  const tier = (code: string, quantity: number) => ({
    ...place,
    planCode,
    quantity,
    application,
    tier: code,
    name: `${application.name}-${code}`,
  })
  return [tier('web', webs), tier('db', 1)]
}

function cartOf({ planCode }: Store): OrderLine[] {
  const [shop, blog] = [
    { templateCode: 'shop', name: 'shop' },
    { templateCode: 'shop', name: 'blog' },
  ]
  const work = { planCode: 'work', units: 5, note: 'The mail server, please.' }
  return [...[{ ...place, planCode, name: 'mail' }, work], ...applicationLines(planCode, shop, 2), ...applicationLines(planCode, blog, 1)]
}

function orderAll(
  { tenantId, accountId }: Store,
  [first = { planCode: '' }, ...further]: OrderLine[],
  facts: Partial<PlaceOrderInput> = {},
) {
  const manner = { accountIds: [accountId], actor: { kind: 'system', name: 'test' }, idempotencyKey: 'cart', paysNow: true } as const
  return placeOrder({ tenantId, accountId, ...first, further, ...manner, ...facts })
}

test('a server, hours of work and two applications are one cart, one order and one payment, at the price that was shown', async () => {
  const store = await buildStore()
  const { tenantId, accountId } = store
  const cart = cartOf(store)
  const [first = { planCode: '' }, ...further] = cart
  const { pieces } = value(await asOffice(tenantId, (ctx) => quoteOrder(ctx, { accountId, ...first, further })))
  const quote = combineQuotes(pieces.map(({ price, count }) => ({ quote: toOrderQuote(price, 'en'), count })))
  // Six servers at 132.00 and five hours at 96.00, with 20 % tax.
  expect(quote?.firstTotal).toEqual({ minor: 127_200n, currency: 'EUR' })
  expect(await orderAll(store, cart, { agreedMinor: 127_199n })).toEqual({ ok: false, error: 'amount-changed' })

  const { orderId } = value(await orderAll(store, cart, { agreedMinor: 127_200n }))
  expect(await orderAll(store, cart)).toEqual({ ok: true, value: { orderId } })
  const toPay = await asOffice(tenantId, (ctx) => readOrderToPay(ctx, orderId))
  expect(toPay?.targets.map(({ amount }) => amount.minor)).toEqual([13_200n, 48_000n, 13_200n, 13_200n, 13_200n, 13_200n, 13_200n])
  const applications = await asOffice(tenantId, ({ db }) =>
    db.application.findMany({
      select: { name: true, pieces: { select: { tier: true, order: { select: { input: true } } }, orderBy: { id: 'asc' } } },
      orderBy: { id: 'asc' },
    }),
  )
  const named = applications.map(({ name, pieces: own }) => [name, ...own.map((piece) => (piece.order.input as { name: string }).name)])
  expect(named).toEqual([
    ['shop', 'shop-web-1', 'shop-web-2', 'shop-db'],
    ['blog', 'blog-web', 'blog-db'],
  ])
})

test('one application that is not what its template allows leaves nothing of the cart ordered', async () => {
  const store = await buildStore()
  const cart = cartOf(store).filter(({ name }) => name !== 'blog-db')
  expect(await orderAll(store, cart)).toEqual({ ok: false, error: 'tier-count' })
  const tooMany = cartOf(store).map((line) => (line.name === 'mail' ? { ...line, quantity: 15 } : line))
  expect(await orderAll(store, tooMany)).toEqual({ ok: false, error: 'too-many-pieces' })
  expect(await asOffice(store.tenantId, ({ db }) => db.order.count())).toBe(0)
})
