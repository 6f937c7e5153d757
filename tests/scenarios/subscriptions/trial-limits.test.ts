import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { keepPaymentMethod } from '#app/db/payments/payment-methods.server.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { readSubscriptionDetail } from '#app/reports/subscriptions/detail.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { activateChain, attachChain } from '#app/services/orders/provision-order.server.ts'
import { changeProduct } from '#app/services/products/save-product.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { buildSandboxAccount } from '#tests/support/sandbox-seller.ts'
import { buildShop, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
let accountId: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  shop = await buildShop()
  accountId = await buyer('Café Linde e.U.')
})
afterEach(() => setClock())

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(shop.tenantId, work)
const order = (by = accountId, quantity = 1) => orderWith(shop, by, [], { quantity })
const errorOf = async (asked: ReturnType<typeof order>) => {
  const answer = await asked
  return answer.ok ? null : answer.error
}

async function buyer(name: string, facts: Partial<Parameters<typeof buildAccount>[1]> = {}): Promise<string> {
  const id = await buildAccount(shop.tenantId, { name, country: 'AT', ...facts })
  await buildContract(shop.tenantId, { accountId: id, priceBookId: shop.priceBookId })
  return id
}

/** Staff set what the trial of the plan, with one vCPU and 20 GiB, may come to. */
async function allow(terms: Readonly<Record<string, string>>): Promise<void> {
  const draft = ProductDraft.omit({ code: true, kind: true }).parse({ trialDays: '14', ...terms })
  expect(await office((ctx) => changeProduct(ctx, { productId: shop.productId, draft }))).toEqual({ ok: true, value: null })
}

/** Orders a server that is there at once. Returns its subscription. */
async function begin(by = accountId): Promise<string> {
  const placed = await order(by)
  if (!placed.ok) throw new Error(placed.error)
  const chain = await orderUpstream({ tenantId: shop.tenantId, orderId: placed.value.orderId })
  if (!chain.ok) throw new Error(chain.error)
  const server = { cloudRef: v7(), ref: v7(), state: 'running', address: '192.0.2.10' } as const
  await attachChain(chain.value, server)
  await activateChain(chain.value, server, new Date('2026-06-01T08:02:00Z'))
  const { id } = await office(({ db }) => db.subscription.findFirstOrThrow({ where: { orderId: placed.value.orderId } }))
  return id
}

/** Somebody who can be a member of accounts. */
async function person() {
  const [userId, securityProfileId] = [v7(), v7()]
  await office(async ({ db, tenantId, now: createdAt }) => {
    await db.user.createMany({ data: [{ tenantId, id: userId, email: 'maria@linde.example', name: 'Maria', language: 'de', createdAt }] })
    await db.securityProfile.createMany({
      data: [{ tenantId, id: securityProfileId, name: 'owner', isOwner: true, permissions: [], createdAt }],
    })
  })
  return (account: string) =>
    office(({ db, tenantId, now: createdAt }) =>
      db.membership.createMany({ data: [{ tenantId, id: v7(), userId, accountId: account, securityProfileId, createdAt }] }),
    )
}

const metersOf = async (subscriptionId: string) => {
  const found = await office((ctx) => readSubscriptionDetail(ctx, { subscriptionId, language: 'en', chosenBy: 'buyer' }))
  return found?.detail.trial.map(({ measure, used, most }) => `${measure} ${used}/${most}`)
}

test('what goes beyond the limits of a trial is not ordered, also within one order; what runs in it is shown', async () => {
  await allow({ trialServers: '3', trialVcpus: '2', trialTrafficGb: '10' })
  expect(await errorOf(order(accountId, 3))).toBe('trial-limit')
  expect(await office(({ db }) => db.order.count())).toBe(0)
  const subscriptionId = await begin()
  expect(await metersOf(subscriptionId)).toEqual(['servers 1/3', 'vcpus 1/2', 'trafficGb 0/10'])
  expect(await errorOf(order())).toBeNull()
  expect(await errorOf(order())).toBe('trial-limit')
  expect(await metersOf(subscriptionId)).toEqual(['servers 2/3', 'vcpus 2/2', 'trafficGb 0/10'])
  expect(await errorOf(order(await buyer('Praxis Keller')))).toBeNull()

  setClock(fixedClock('2026-06-16T08:00:00Z'))
  expect(await metersOf(subscriptionId)).toEqual([])
  expect(await errorOf(order())).toBeNull()
})

test('a trial that is given once is not given again, to the same account, company, person or card', async () => {
  await allow({ trialUse: 'once' })
  const company = await buyer('Linde GmbH', { kind: 'business', vatId: 'ATU12345675' })
  const memberOf = await person()
  await memberOf(company)
  await begin(company)

  expect(await errorOf(order(await buyer('Linde Zwei GmbH', { kind: 'business', vatId: 'ATU12345675' })))).toBe('trial-used')
  const own = await buyer('Maria privat')
  await memberOf(own)
  expect(await errorOf(order(own))).toBe('trial-used')
  const { id: gatewayAccountId } = await buildSandboxAccount(shop.tenantId)
  const payWith = (by: string, fingerprint: string) =>
    office((ctx) => {
      const card = { kind: 'card', label: 'Visa', lastDigits: '4242', expiresOn: null, isReusable: true } as const
      return keepPaymentMethod(ctx, { accountId: by, gatewayAccountId, method: { ...card, customerRef: by, ref: by, fingerprint } })
    })
  const other = await buyer('Karl')
  for (const [by, card] of [
    [company, 'one'],
    [other, 'one'],
    [accountId, 'two'],
  ] as const)
    await payWith(by, card)
  expect(await errorOf(order(other))).toBe('trial-used')
  expect(await errorOf(order())).toBeNull()

  expect(await errorOf(order(company))).toBeNull()
  setClock(fixedClock('2026-06-16T08:00:00Z'))
  expect(await errorOf(order(company))).toBe('trial-used')
})

test('limits without a trial make no sense', async () => {
  const draft = ProductDraft.omit({ code: true, kind: true }).parse({ trialServers: '1' })
  expect(await office((ctx) => changeProduct(ctx, { productId: shop.productId, draft }))).toEqual({ ok: false, error: 'incomplete' })
})
