import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inStore } from '#app/db/context.server.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { readStoreQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { fundOrder } from '#app/services/orders/pay-order-first.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { changeProduct } from '#app/services/products/save-product.server.ts'
import { applyChange, applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { renewSubscriptions } from '#app/services/subscriptions/renew-subscriptions.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { buildPromotion } from '../promotions/store.ts'
import { beginService, orderService, type ServiceSellers, sellServices } from './services.ts'

const ordered = new Date('2026-06-05T14:40:00Z')
let sellers: ServiceSellers

beforeEach(async () => {
  setClock(fixedClock('2026-05-20T09:00:00Z'))
  sellers = await sellServices()
  setClock(fixedClock(ordered.toISOString()))
})
afterEach(() => setClock())

const linesOf = async (tenantId: string) =>
  (await invoicesOf(tenantId)).map((invoice) => ({
    amounts: amountsOf(invoice),
    lines: invoice.sections
      .flatMap(({ lines }) => lines)
      .map(({ kind, subject, billedQuantity, net }) => `${kind} ${subject.product?.de} ${billedQuantity} ${subject.soldAs} ${net.minor}`)
      .sort(),
  }))

const subscriptionsOf = (tenantId: string) =>
  asOffice(tenantId, ({ db }) =>
    db.subscription.findMany({
      where: { tenantId },
      select: { id: true, state: true, quantity: true, endsAt: true, endedAt: true, renews: true, product: { select: { code: true } } },
      orderBy: { createdAt: 'asc' },
    }),
  )

const subscriptionOf = async (tenantId: string, code: string) => {
  const found = (await subscriptionsOf(tenantId)).find(({ product }) => product.code === code)
  if (!found) throw new Error(`${tenantId} has no subscription of ${code}`)
  return found
}

test('the store lists both under services, with what they are counted in, and a visitor reads the price of five hours', async () => {
  const { plans, bundles, services } = (await inStore(sellers.reseller, (ctx) => readStoreCatalog(ctx, { language: 'de' }))) ?? {}
  expect([plans, bundles]).toEqual([[], []])
  expect(services).toMatchObject([
    {
      code: 'licence',
      unit: 'piece',
      most: 1,
      once: null,
      recurring: { minor: 22_500n },
      every: { unit: 'year', count: 1 },
      termMonths: 12,
    },
    { code: 'work', name: 'Arbeitsstunden', unit: 'hour', most: 40, once: { minor: 10_000n }, recurring: null, termMonths: null },
  ])
  const ask = (units: number) =>
    inStore(sellers.reseller, (ctx) => readStoreQuote(ctx, { planCode: 'work', units, optionCodes: [], language: 'de' }))
  const quote = await ask(5)
  expect([quote?.firstNet.minor, quote?.firstTotal.minor, quote?.monthlyTotal.minor]).toEqual([50_000n, 60_000n, 0n])
  expect(quote?.lines).toMatchObject([{ feeKind: 'setup', units: { count: '5', unit: 'hour' }, amount: { minor: 50_000n } }])
  expect(await ask(41)).toBeNull()
})

test('a year of the licence costs the whole year, whatever day it begins', async () => {
  const quote = await asOffice(sellers.reseller, (ctx) => quoteOrder(ctx, { accountId: sellers.accountId, planCode: 'licence' }))
  const price = quote.ok ? quote.value.pieces[0]?.price.discounted : undefined
  expect([price?.orderNet.minor, price?.orderTotal.minor]).toEqual([22_500n, 27_000n])
})

test('five hours of work and a licence are charged to the cent at both levels; the licence renews, the hours do not', async () => {
  await beginService(sellers, { planCode: 'work', units: 5 }, ordered)
  await beginService(sellers, { planCode: 'licence' }, ordered)
  await billMonth(sellers.reseller, '2026-06', '2026-07-01T06:00:00Z')
  await billMonth(sellers.provider, '2026-06', '2026-07-01T06:00:00Z')
  expect(await linesOf(sellers.reseller)).toEqual([
    {
      amounts: [72_500n, 14_500n, 87_000n],
      lines: ['recurring Wartungslizenz 1 piece 22500', 'setup Arbeitsstunden 5 hour 50000'],
    },
  ])
  expect(await linesOf(sellers.provider)).toEqual([
    {
      amounts: [58_000n, 0n, 58_000n],
      lines: ['recurring Wartungslizenz 1 piece 18000', 'setup Arbeitsstunden 5 hour 40000'],
    },
  ])

  setClock(fixedClock('2027-06-05T15:00:00Z'))
  for (const tenantId of [sellers.provider, sellers.reseller]) await renewSubscriptions(tenantId)
  const licence = await subscriptionOf(sellers.reseller, 'licence')
  expect([licence.state, licence.endsAt]).toEqual(['active', new Date('2028-06-05T14:40:00Z')])
  await billMonth(sellers.reseller, '2027-06', '2027-07-01T06:00:00Z')
  await billMonth(sellers.provider, '2027-06', '2027-07-01T06:00:00Z')
  expect((await linesOf(sellers.reseller)).at(-1)).toEqual({
    amounts: [22_500n, 4_500n, 27_000n],
    lines: expect.arrayContaining([expect.stringMatching(/^recurring Wartungslizenz 1 piece /)]),
  })
  expect((await linesOf(sellers.provider)).at(-1)?.amounts).toEqual([18_000n, 0n, 18_000n])
})

test('an order has its steps without a server, becomes a subscription at once and shows its units and its note', async () => {
  const note = 'Bitte nur vormittags.'
  const chain = await beginService(sellers, { planCode: 'work', units: 5, note }, ordered)
  expect(chain.map(({ tenantId }) => tenantId)).toEqual([sellers.reseller, sellers.provider])
  const orderId = chain[0]?.orderId ?? ''
  const progress = await inPanel(sellers.reseller, [sellers.accountId], (ctx) => readOrderProgress(ctx, orderId, 'de'))
  expect(progress).toMatchObject({ state: 'active', hasServer: false, serverName: 'Arbeitsstunden', serverId: null })
  expect(progress?.steps.map(({ step }) => step)).toEqual(['accepted', 'reserved', 'ready'])

  const subscription = await subscriptionOf(sellers.reseller, 'work')
  const question = { subscriptionId: subscription.id, language: 'de', chosenBy: 'buyer' } as const
  const read = await asOffice(sellers.reseller, (ctx) => readSubscriptionDetail(ctx, question))
  expect(read?.detail).toMatchObject({ quantity: '5', note, servers: [], product: 'Arbeitsstunden' })
  expect(read?.choices.plans.map(({ name }) => name)).toEqual(['Wartungslizenz'])

  const inputs = await Promise.all(
    chain.map(({ tenantId, orderId: id }) =>
      asOffice(tenantId, ({ db }) => db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { input: true } })),
    ),
  )
  expect(inputs.map(({ input }) => (input as { note?: string }).note)).toEqual([note, undefined])
})

test('a promo code and the credit limit count for it as for any other order', async () => {
  const { reseller: tenantId, priceBookId, work: productId } = sellers
  await buildPromotion({ tenantId, productId, planCode: 'work', priceBookId }, { scopes: ['setup'] })
  const order = await orderService(sellers, { planCode: 'work', units: 5, promoCodes: ['WEEKEND10'] })
  const orderId = order.ok ? order.value.orderId : ''
  const { netMinor, taxMinor } = await asOffice(tenantId, ({ db }) =>
    db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } }, select: { netMinor: true, taxMinor: true } }),
  )
  expect([netMinor, taxMinor]).toEqual([45_000n, 9_000n])

  for (const [creditLimitMinor, funded] of [
    [59_999n, { ok: false, error: 'no-credit' }],
    [60_000n, { ok: true, value: 'reserved' }],
  ] as const) {
    const buyer = await buildAccount(tenantId, { name: 'Café Linde e.U.', country: 'AT' })
    await buildContract(tenantId, { accountId: buyer, priceBookId, creditLimitMinor })
    const placed = await orderService({ ...sellers, accountId: buyer }, { planCode: 'work', units: 5 })
    const chain = placed.ok ? await orderUpstream({ tenantId, orderId: placed.value.orderId }) : placed
    if (!chain.ok) throw new Error(chain.error)
    expect(await fundOrder(chain.value)).toEqual(funded)
  }
})

test('more hours than are offered, a part of one, or a server in units are refused', async () => {
  const tried = [41, 0, 2.5].map((units) => orderService(sellers, { planCode: 'work', units }))
  expect(await Promise.all(tried)).toEqual(Array(3).fill({ ok: false, error: 'units-not-offered' }))
  expect(await orderService(sellers, { planCode: 'licence', units: 2 })).toEqual({ ok: false, error: 'units-not-offered' })
})

test('what was paid once gets no other quantity afterwards', async () => {
  await beginService(sellers, { planCode: 'work', units: 5 }, ordered)
  const { id } = await subscriptionOf(sellers.reseller, 'work')
  const more = { kind: 'quantity', quantity: '40' } as const
  const asked = await asOffice(sellers.reseller, (ctx) =>
    requestChange(ctx, { subscriptionId: id, change: more, when: 'now', chosenBy: 'buyer' }),
  )
  expect(asked).toEqual({ ok: false, error: 'product-not-available' })
})

test('a customer that cancels the licence ends it at both levels', async () => {
  await beginService(sellers, { planCode: 'licence' }, ordered)
  const { id } = await subscriptionOf(sellers.reseller, 'licence')
  setClock(fixedClock('2026-06-20T08:00:00Z'))
  const asked = await asOffice(sellers.reseller, (ctx) =>
    requestChange(ctx, { subscriptionId: id, change: { kind: 'cancel' }, when: 'now', chosenBy: 'buyer' }),
  )
  if (!asked.ok) throw new Error(asked.error)
  expect(await applyChange({ tenantId: sellers.reseller, changeId: asked.value.changeId })).toBe('applied')
  const states = await Promise.all([sellers.reseller, sellers.provider].map((tenantId) => subscriptionOf(tenantId, 'licence')))
  expect(states.map(({ state }) => state)).toEqual(['ended', 'ended'])
})

test('a service that ends with its term is over then at both levels, and nothing is charged for a next one', async () => {
  const terms = { taxKind: 'standard', proration: 'day', saleUnit: 'piece', mostUnits: 1, termMonths: 12, atTermEnd: 'ends' } as const
  await asOffice(sellers.reseller, (ctx) => changeProduct(ctx, { productId: sellers.licence, draft: terms }))
  await beginService(sellers, { planCode: 'licence' }, ordered)
  expect((await subscriptionOf(sellers.reseller, 'licence')).renews).toBe(false)
  await billMonth(sellers.reseller, '2026-06', '2026-07-01T06:00:00Z')

  setClock(fixedClock('2027-06-05T15:00:00Z'))
  for (const tenantId of [sellers.provider, sellers.reseller]) await renewSubscriptions(tenantId)
  await applyDueChanges(sellers.reseller)
  const over = await Promise.all([sellers.reseller, sellers.provider].map((tenantId) => subscriptionOf(tenantId, 'licence')))
  expect(over.map(({ state, endedAt }) => [state, endedAt])).toEqual(Array(2).fill(['ended', new Date('2027-06-05T14:40:00Z')]))
  await billMonth(sellers.reseller, '2027-06', '2027-07-01T06:00:00Z')
  expect((await invoicesOf(sellers.reseller)).map(amountsOf)).toEqual([[22_500n, 4_500n, 27_000n]])
})
