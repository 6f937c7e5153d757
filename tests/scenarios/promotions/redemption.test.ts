import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { failChain } from '#app/services/orders/provision-order.server.ts'
import { earnTries } from '#app/services/promotions/earn-tries.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { buildPromotion, buildShop, buildShopper, countersOf, orderWith, type Shop } from './store.ts'

let shop: Shop
beforeEach(async () => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  shop = await buildShop()
})
afterEach(() => setClock())

/** `count` customers that order with the same code at once; how many got it, and what the others read. */
async function race(count: number, accountIds: readonly string[]): Promise<{ accepted: number; refusals: string[] }> {
  const orders = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      orderWith(shop, accountIds[at % accountIds.length] ?? '', ['WEEKEND10'], { addressHash: `address-${at}` }),
    ),
  )
  const refusals = orders.flatMap((order) => (order.ok ? [] : [order.error]))
  return { accepted: orders.filter((order) => order.ok).length, refusals: [...new Set(refusals)] }
}

async function shoppers(count: number): Promise<string[]> {
  const accountIds: string[] = []
  for (let at = 0; at < count; at += 1) {
    const accountId = await buildAccount(shop.tenantId, { name: `Customer ${at}`, country: 'AT' })
    await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId, billingDay: 5 })
    accountIds.push(accountId)
  }
  return accountIds
}

describe('a promo code at its limit under 200 parallel redemptions', () => {
  test('gives exactly 50, and every counter says so', async () => {
    const built = await buildPromotion(shop, { maxRedemptions: 50, budgetMinor: 100_000n })
    const { accepted, refusals } = await race(200, await shoppers(200))
    expect([accepted, refusals]).toEqual([50, ['code-not-valid']])
    expect(await countersOf(shop, built)).toEqual({ promotion: 50, code: 50, accounts: 50, spentMinor: 47_500n, redemptions: { held: 50 } })
  }, 120_000)

  test('never spends more than the campaign has', async () => {
    const built = await buildPromotion(shop, { maxRedemptions: 50, budgetMinor: 10_000n })
    const { accepted } = await race(60, await shoppers(60))
    expect(accepted).toBe(10)
    expect(await countersOf(shop, built)).toMatchObject({ promotion: 10, spentMinor: 9_500n, redemptions: { held: 10 } })
  }, 60_000)

  test('gives one to a customer that orders forty times at once', async () => {
    const built = await buildPromotion(shop, { maxPerAccount: 1 })
    const { accepted } = await race(40, await shoppers(1))
    expect(accepted).toBe(1)
    expect(await countersOf(shop, built)).toMatchObject({ promotion: 1, code: 1, accounts: 1 })
  }, 60_000)
})

test('an order that fails gives back what it held, once', async () => {
  const { accountId } = await buildShopper(shop)
  const built = await buildPromotion(shop, { maxRedemptions: 1, budgetMinor: 1_000n })
  const order = await orderWith(shop, accountId, ['weekend10'])
  if (!order.ok) throw new Error(order.error)
  expect(await orderWith(shop, accountId, ['WEEKEND10'])).toEqual({ ok: false, error: 'code-not-valid' })

  const chain = [{ tenantId: shop.tenantId, orderId: order.value.orderId }]
  await failChain(chain, 'failed', 'server-not-built')
  await failChain(chain, 'failed', 'server-not-built')
  expect(await countersOf(shop, built)).toEqual({ promotion: 0, code: 0, accounts: 0, spentMinor: 0n, redemptions: { released: 1 } })
  expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
})

test('an order keeps what was promised, whatever becomes of the promotion', async () => {
  const { accountId } = await buildShopper(shop)
  const built = await buildPromotion(shop)
  const order = await orderWith(shop, accountId, ['WEEKEND10'])
  if (!order.ok) throw new Error(order.error)
  await asOffice(shop.tenantId, ({ db }) =>
    db.promotion.updateMany({
      where: { id: built.promotionId },
      data: { terms: { kind: 'percent', percent: '90', periods: 12 }, state: 'ended' },
    }),
  )
  const row = await asOffice(shop.tenantId, ({ db }) =>
    db.order.findFirstOrThrow({
      where: { id: order.value.orderId },
      select: { promoCode: true, price: true, netMinor: true, taxMinor: true, totalMinor: true },
    }),
  )
  expect(row).toMatchObject({
    promoCode: 'WEEKEND10',
    netMinor: 10_050n,
    taxMinor: 2_010n,
    totalMinor: 12_060n,
    price: { discounts: [{ minor: '-950' }], promotions: [{ terms: { percent: '10', periods: 1 } }] },
  })
})

describe('a second code', () => {
  test('is refused with the reason where the first does not stack', async () => {
    const { accountId } = await buildShopper(shop)
    await buildPromotion(shop)
    await buildPromotion(shop, {
      code: 'SUMMER5',
      terms: { kind: 'amount', amounts: { EUR: '500' } },
      startsAt: new Date('2026-06-02T00:00:00Z'),
    })
    expect(await orderWith(shop, accountId, ['WEEKEND10', 'SUMMER5'])).toEqual({ ok: false, error: 'code-not-combinable' })
  })
  test('is taken after the first where both stack', async () => {
    const { accountId } = await buildShopper(shop)
    await buildPromotion(shop, { isStackable: true })
    await buildPromotion(shop, {
      code: 'SUMMER5',
      isStackable: true,
      scopes: ['recurring'],
      terms: { kind: 'amount', amounts: { EUR: '500' } },
      startsAt: new Date('2026-06-02T00:00:00Z'),
    })
    const order = await orderWith(shop, accountId, ['SUMMER5', 'WEEKEND10'])
    if (!order.ok) throw new Error(order.error)
    const row = await asOffice(shop.tenantId, ({ db }) =>
      db.order.findFirstOrThrow({ where: { id: order.value.orderId }, select: { netMinor: true } }),
    )
    expect(row.netMinor).toBe(9_550n)
  })
})

describe('guessing', () => {
  test('reads the same answer for unknown, over, disabled, used up and not for this buyer', async () => {
    const { accountId } = await buildShopper(shop)
    expect((await orderWith(shop, accountId, [])).ok).toBe(true)
    await buildPromotion(shop, { code: 'OVER10', endsAt: new Date('2026-06-05T14:40:00Z') })
    await buildPromotion(shop, { code: 'SOON10', startsAt: new Date('2026-06-06T00:00:00Z') })
    await buildPromotion(shop, { code: 'FIRST10', isFirstOrderOnly: true })
    await buildPromotion(shop, { code: 'USD10', terms: { kind: 'amount', amounts: { USD: '1000' } } })
    await buildPromotion(shop, { code: 'STORAGE10', scopes: ['overage'] })
    const answers = []
    for (const code of ['NOBODY10', 'OVER10', 'SOON10', 'FIRST10', 'USD10', 'STORAGE10', "' or 1=1 --"])
      answers.push(await orderWith(shop, accountId, [code]))
    expect(answers).toEqual(Array(7).fill({ ok: false, error: 'code-not-valid' }))
  })
  test('ends after ten failures in a quarter of an hour, for good codes too, and begins again in the next', async () => {
    const { accountId } = await buildShopper(shop)
    await buildPromotion(shop)
    const guesses = await Promise.all(Array.from({ length: 30 }, (_, at) => orderWith(shop, accountId, [`GUESS${at}`])))
    const answers = guesses.map((guess) => (guess.ok ? 'ok' : guess.error))
    expect(answers.filter((answer) => answer === 'code-not-valid')).toHaveLength(10)
    expect(await orderWith(shop, accountId, ['WEEKEND10'])).toEqual({ ok: false, error: 'too-many-tries' })
    setClock(fixedClock('2026-06-05T14:45:00Z'))
    expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
  })

  test('costs work after that: a solved task gives three tries back, once, and thirty of them end it for the quarter of an hour', async () => {
    const { accountId } = await buildShopper(shop)
    await buildPromotion(shop)
    const guess = () => orderWith(shop, accountId, ['GUESS'])
    const solve = (solved = { digest: v7(), expiresAt: new Date('2026-06-05T15:00:00Z') }) => {
      const input = { accountId, addressHash: accountId, solved }
      return [solved, asOffice(shop.tenantId, (ctx) => earnTries(ctx, input))] as const
    }
    for (let tried = 0; tried < 10; tried += 1) await guess()
    expect(await guess()).toEqual({ ok: false, error: 'too-many-tries' })
    const [solved, earned] = solve()
    expect([await earned, await solve(solved)[1]]).toEqual([true, false])
    const answers = []
    for (let tried = 0; tried < 4; tried += 1) answers.push(await guess())
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error))).toEqual([...Array(3).fill('code-not-valid'), 'too-many-tries'])
    expect(await solve()[1]).toBe(true)
    expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
    for (let more = 2; more < 30; more += 1) expect(await solve()[1]).toBe(true)
    expect(await solve()[1]).toBe(false)
  })
})
