import { v7 } from 'uuid'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { confirmUserEmail, insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { readyProfiles } from '#app/domain/tenancy/security-profiles.ts'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { endUnconfirmedOrders, goOnWithOrders } from '#app/services/orders/confirm-orders.server.ts'
import { guestOrderOf } from '#app/services/orders/guest-order.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { fundOrder, fundPaidOrder } from '#app/services/orders/pay-order-first.server.ts'
import { type PlaceGuestOrderInput, placeGuestOrder } from '#app/services/orders/place-guest-order.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { quoteGuestOrder } from '#app/services/orders/quote-guest-order.server.ts'
import { purposeAfterRegistering } from '#app/services/people/open-mailed-link.server.ts'
import { registerCustomer } from '#app/services/people/register-customer.server.ts'
import { inPanel, inStore, inTenant, type TenantContext } from '#app/wiring.server.ts'
import { asOffice, builtAt } from '#tests/support/builders.ts'
import { type Sandbox, sandboxOf } from '#tests/support/sandbox-seller.ts'
import { buildShop, type Shop } from '../promotions/store.ts'

const now = '2026-06-05T14:40:00Z'
/** 26 of 30 days of 95.00 and a setup of 15.00, with 20 % VAT. */
const total = { minor: 11_680n, currency: 'EUR' }
let shop: Shop
let sandbox: Sandbox

beforeAll(async () => {
  setClock(fixedClock(now))
  shop = await buildShop()
  const { tenantId } = shop
  await asOffice(tenantId, async (ctx) => {
    await insertSecurityProfiles(ctx, readyProfiles)
    await sellToVisitors(ctx, shop.productId)
  })
  sandbox = await sandboxOf(tenantId)
})

afterEach(() => setClock(fixedClock(now)))

/** The prices of the shop's plan, as visitors see them. */
async function sellToVisitors({ db, tenantId }: TenantContext, productId: string): Promise<void> {
  const [priceBookId, priceVersionId] = [v7(), v7()]
  const shown = { tenantId, isPublic: true }
  await db.priceBook.createMany({
    data: [{ ...shown, id: priceBookId, code: 'store', name: 'Store', currency: 'EUR', createdAt: builtAt }],
  })
  const version = { number: 1, validFrom: builtAt, validTo: null, createdAt: builtAt }
  await db.priceVersion.createMany({ data: [{ ...shown, id: priceVersionId, priceBookId, ...version }] })
  const fee = (feeKind: string, unitPrice: string) => ({ feeKind, unitPrice, unit: 'month', included: '0', match: {} })
  const traffic = { feeKind: 'usage', meter: 'traffic.sent', unit: 'GB', unitPrice: '0.15', included: '100', match: {} }
  const fees = [fee('setup', '15.00'), fee('recurring', '95.00'), traffic]
  await db.priceRule.createMany({ data: fees.map((each) => ({ ...each, ...shown, id: v7(), priceVersionId, productId })) })
}

const customer = {
  ...({ kind: 'personal', name: 'Clara Seidl', email: 'clara@seidl.example', language: 'de', country: 'AT' } as const),
  addressLines: ['Am Hof 3', '1010 Wien'],
}
const guest = (facts: Partial<PlaceGuestOrderInput> = {}): PlaceGuestOrderInput => ({
  tenantId: shop.tenantId,
  customer,
  guestToken: 'a secret of one browser',
  idempotencyKey: 'guest-1',
  planCode: shop.planCode,
  locationCode: 'vie-1',
  imageCode: 'debian-12',
  name: 'seidl-web',
  consent: { termsVersion: 3, waivesWithdrawal: true },
  ...facts,
})

async function placed(facts: Partial<PlaceGuestOrderInput> = {}) {
  const result = await placeGuestOrder(guest(facts))
  if (!result.ok) throw new Error(result.error)
  return result.value
}

/** Somebody with a sign-in and an account. */
async function member(email: string) {
  const registered = await inTenant(shop.tenantId, (ctx) => registerCustomer(ctx, { ...customer, email, passwordHash: 'none' }))
  if (!registered.ok || !registered.value.isNew) throw new Error('not registered')
  const { userId } = registered.value
  await inTenant(shop.tenantId, (ctx) => confirmUserEmail(ctx, userId))
  return registered.value
}

const orderRow = (orderId: string) =>
  inTenant(shop.tenantId, ({ db, tenantId }) => db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } } }))
const progressOf = ({ orderId, accountId }: { orderId: string; accountId: string }) =>
  inPanel(shop.tenantId, [accountId], (ctx) => readOrderProgress(ctx, orderId, 'en'))
const events = (name: string, id: string) =>
  inTenant(shop.tenantId, async ({ db }) =>
    (await db.outboxEvent.findMany({ where: { name } })).filter(({ data }) => JSON.stringify(data).includes(id)),
  )

test('a guest’s account and order are made at once, and the order is kept until the mailed link is used', async () => {
  const order = await placed()
  const row = await orderRow(order.orderId)
  expect(row).toMatchObject({ state: 'placed', awaits: 'confirmation', termsVersion: 3, accountId: order.accountId })
  expect([row.termsAcceptedAt, row.withdrawalWaivedAt]).toEqual([new Date(now), new Date(now)])
  expect(await events('order/placed', order.orderId)).toHaveLength(0)
  expect(await progressOf(order)).toMatchObject({ unconfirmedEmail: 'clara@seidl.example', isToPay: false })

  expect(await placed()).toEqual(order)
  expect(await guestOrderOf(shop.tenantId, 'a secret of one browser')).toMatchObject({ id: order.orderId })
  expect(await guestOrderOf(shop.tenantId, 'another secret')).toBeNull()

  const userId = row.placedBy ?? ''
  expect(await inTenant(shop.tenantId, (ctx) => purposeAfterRegistering(ctx, userId))).toEqual({ ok: true, value: 'invite' })
  expect(await inTenant(shop.tenantId, (ctx) => goOnWithOrders(ctx, userId))).toBe(1)
  expect(await inTenant(shop.tenantId, (ctx) => goOnWithOrders(ctx, userId))).toBe(0)
  expect(await events('order/placed', order.orderId)).toHaveLength(1)
})

test('an address the store knows gets an account of its own, which is its holder’s only with the link', async () => {
  const known = await member('known@seidl.example')
  const facts = { guestToken: 'of a stranger', idempotencyKey: 'guest-2', customer: { ...customer, email: 'known@seidl.example' } }
  const order = await placed(facts)
  const members = () =>
    inTenant(shop.tenantId, ({ db }) => db.membership.count({ where: { tenantId: shop.tenantId, accountId: order.accountId } }))
  expect(order.accountId).not.toBe(known.accountId)
  expect(await progressOf(order)).toMatchObject({ unconfirmedEmail: 'known@seidl.example' })
  expect(await members()).toBe(0)
  expect(await inTenant(shop.tenantId, (ctx) => purposeAfterRegistering(ctx, known.userId))).toEqual({ ok: true, value: 'confirm-email' })
  await inTenant(shop.tenantId, (ctx) => goOnWithOrders(ctx, known.userId))
  expect(await members()).toBe(1)
})

test('what cannot be ordered opens no account, and says the same as for anybody', async () => {
  const before = await inTenant(shop.tenantId, ({ db }) => db.account.count())
  const refused = (facts: Partial<PlaceGuestOrderInput>) => placeGuestOrder(guest({ guestToken: 't', idempotencyKey: 'guest-3', ...facts }))
  expect(await refused({ planCode: 'withdrawn' })).toEqual({ ok: false, error: 'plan-not-found' })
  expect(await refused({ locationCode: 'moon-1' })).toEqual({ ok: false, error: 'location-not-offered' })
  expect(await refused({ optionCodes: ['web-2'] })).toEqual({ ok: false, error: 'option-not-offered' })
  expect(await refused({ name: '<script>' })).toEqual({ ok: false, error: 'malformed-name' })
  expect(await refused({ promoCodes: ['NOBODY10'] })).toEqual({ ok: false, error: 'code-not-valid' })
  const company = { ...customer, kind: 'business', companyName: 'Seidl', country: 'AT', vatId: 'ATU00000000' } as const
  expect(await refused({ customer: company })).toEqual({ ok: false, error: 'vat-id-wrong' })
  expect(await inTenant(shop.tenantId, ({ db }) => db.account.count())).toBe(before)
})

test('the price for a guest is the price of the account that its order opens, and nothing of it stays', async () => {
  const before = await inTenant(shop.tenantId, ({ db }) => db.account.count())
  const quote = await quoteGuestOrder({ tenantId: shop.tenantId, customer, planCode: shop.planCode })
  expect(quote.ok && quote.value.pieces[0]?.price.discounted.orderTotal).toEqual(total)
  expect(await inTenant(shop.tenantId, ({ db }) => db.account.count())).toBe(before)
})

test('who chooses to pay now is built for once that is paid, and nothing before', async () => {
  const order = await placed({
    guestToken: 'pays',
    idempotencyKey: 'guest-4',
    paysNow: true,
    customer: { ...customer, email: 'pays@seidl.example' },
  })
  const toPay = await inPanel(shop.tenantId, [order.accountId], (ctx) => readOrderToPay(ctx, order.orderId))
  expect(toPay).toMatchObject({ total, targets: [{ amount: total }] })
  expect((await progressOf(order))?.steps.map(({ step, state }) => `${step} ${state}`)).toContain('paid waiting')

  const { placedBy } = await orderRow(order.orderId)
  await inTenant(shop.tenantId, (ctx) => goOnWithOrders(ctx, placedBy ?? ''))
  const chain = await orderUpstream({ tenantId: shop.tenantId, orderId: order.orderId })
  if (!chain.ok) throw new Error(chain.error)
  expect(await fundOrder(chain.value)).toEqual({ ok: true, value: 'to-pay' })
  expect(await fundPaidOrder(chain.value)).toEqual({ ok: false, error: 'not-paid' })

  const started = await startCheckout(sandbox.process, {
    accountId: order.accountId,
    purpose: 'order',
    targets: [{ kind: 'order', id: order.orderId, amount: total }],
    amount: total,
    saves: false,
    returnPath: `/order/${order.orderId}?attempt=:attemptId`,
    actor: { kind: 'system', name: 'test' },
  })
  if (!started.ok) throw new Error(started.error)
  await sandbox.pay(started.value.attemptId)
  await settleAttempt(sandbox.process, started.value.attemptId)
  expect(await fundOrder(chain.value)).toEqual({ ok: true, value: 'reserved' })
  expect((await progressOf(order))?.steps.map(({ step, state }) => `${step} ${state}`)).toContain('paid done')
})

test('an order that nobody confirms ends after seven days, and what was paid goes back', async () => {
  const order = await placed({
    guestToken: 'late',
    idempotencyKey: 'guest-5',
    paysNow: true,
    customer: { ...customer, email: 'late@seidl.example' },
  })
  const started = await startCheckout(sandbox.process, {
    accountId: order.accountId,
    purpose: 'order',
    targets: [{ kind: 'order', id: order.orderId, amount: total }],
    amount: total,
    saves: false,
    returnPath: '/',
    actor: { kind: 'system', name: 'test' },
  })
  if (!started.ok) throw new Error(started.error)
  await sandbox.pay(started.value.attemptId)
  await settleAttempt(sandbox.process, started.value.attemptId)
  setClock(fixedClock('2026-06-12T14:39:00Z'))
  expect(await endUnconfirmedOrders(shop.tenantId)).toBe(0)
  setClock(fixedClock('2026-06-12T14:41:00Z'))
  expect(await endUnconfirmedOrders(shop.tenantId)).toBe(1)
  expect(await progressOf(order)).toMatchObject({ state: 'refused', ownProblem: 'not-confirmed', refunded: total })
  expect(await endUnconfirmedOrders(shop.tenantId)).toBe(0)
})

test('a member who has not confirmed the address orders, and the order waits for it too', async () => {
  const { userId, accountId } = await member('early@seidl.example')
  const order = (name: string) =>
    placeOrder({
      tenantId: shop.tenantId,
      accountIds: [accountId],
      accountId,
      planCode: shop.planCode,
      locationCode: 'vie-1',
      imageCode: 'debian-12',
      name,
      idempotencyKey: name,
      actor: { kind: 'user', userId },
    })
  const confirmed = await order('on-time')
  await inTenant(shop.tenantId, ({ db }) => db.user.updateMany({ where: { id: userId }, data: { emailConfirmedAt: null } }))
  const early = await order('early')
  expect(confirmed.ok && (await orderRow(confirmed.value.orderId)).awaits).toBeNull()
  expect(early.ok && (await orderRow(early.value.orderId)).awaits).toBe('confirmation')
})

test('a visitor who expects 160 GB reads a month of 104.00: 60 GB beyond the 100 that are included', async () => {
  const read = (trafficGb: number | null) =>
    inStore(shop.tenantId, async (ctx) => (await readStoreCatalog(ctx, { language: 'en', trafficGb }))?.plans[0]?.usedMonth)
  expect(await read(160)).toEqual({ minor: 10_400n, currency: 'EUR' })
  expect(await read(0)).toEqual({ minor: 9_500n, currency: 'EUR' })
  expect(await read(null)).toBeNull()
})
