import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { FraudSettings } from '#app/domain/fraud/settings.ts'
import { usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { readOfficeStart } from '#app/reports/office-start/query.server.ts'
import { readReviews } from '#app/reports/screening/query.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { addListEntry, removeListEntry } from '#app/services/fraud/keep-lists.server.ts'
import { limitSignUps } from '#app/services/fraud/limit-sign-ups.server.ts'
import { limitVelocity } from '#app/services/fraud/limit-velocity.server.ts'
import { reviewOrder } from '#app/services/fraud/review-order.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { receive } from '#tests/support/payments.ts'
import { buildShop, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
beforeEach(async () => {
  setClock(fixedClock('2026-07-05T14:40:00Z'))
  shop = await buildShop()
})
afterEach(() => setClock())

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(shop.tenantId, work)

async function buyer(facts: Parameters<typeof buildAccount>[1] = {}) {
  const accountId = await buildAccount(shop.tenantId, { country: 'AT', ...facts })
  await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId })
  await office(({ db, now, tenantId }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { createdAt: now } }))
  return accountId
}

async function ordered(accountId: string, addressHash = 'address-1') {
  const order = await orderWith(shop, accountId, [], { addressHash })
  if (!order.ok) throw new Error(order.error)
  return order.value.orderId
}

const settings = (change: Partial<FraudSettings>) => office((ctx) => saveFraudSettings(ctx, { ...usualFraudSettings, ...change }))
/** What of orders waits on the office's start page. */
const waiting = (mayReview: boolean) =>
  office(async (ctx) => {
    const rights = { mayApprove: false, mayWrite: false, mayReview }
    return (await readOfficeStart(ctx, { failedJobs: 0, rights })).needs.filter(({ kind }) => kind === 'order-review')
  })
const strict = { reviewScore: 10, refuseScore: 200 }
const screened = (orderId: string) => screenOrder(shop.tenantId, orderId)

describe('the first order of an account', () => {
  test('passes when nothing speaks against it, and keeps why', async () => {
    const orderId = await ordered(await buyer())
    expect(await screened(orderId)).toBe('pass')
    const kept = await office(({ db }) => db.orderScreening.findFirstOrThrow({ where: { orderId } }))
    expect(kept).toMatchObject({ verdict: 'pass', score: 10, reasons: [{ reason: 'new-account', points: 10 }], decision: null })
  })

  test('is held once, however often it is asked, and goes on when a person approves it', async () => {
    await settings(strict)
    const orderId = await ordered(await buyer())
    expect(await waiting(true)).toEqual([])
    expect(await Promise.all([screened(orderId), screened(orderId), screened(orderId)])).toEqual(['review', 'review', 'review'])
    expect([await waiting(true), await waiting(false)]).toEqual([[{ kind: 'order-review', count: 1 }], []])
    const approve = () => office((ctx) => reviewOrder(ctx, { orderId, decision: 'pass', note: 'Known from the fair' }))
    expect(await approve()).toEqual({ ok: true, value: null })
    expect(await approve()).toEqual({ ok: false, error: 'review-not-open' })
    expect(await waiting(true)).toEqual([])
    expect(await screened(orderId)).toBe('pass')
    const told = await office(({ db }) =>
      db.outboxEvent.findMany({ where: { tenantId: shop.tenantId, name: 'order/reviewed' }, select: { data: true }, take: 10 }),
    )
    expect(told).toEqual([{ data: { tenantId: shop.tenantId, orderId, verdict: 'pass' } }])
  })

  test('ends when a person refuses it, who has seen all its pieces and their sum', async () => {
    await settings(strict)
    const placed = await orderWith(shop, await buyer(), [], { addressHash: 'address-1', quantity: 2, name: 'web' })
    const orderId = placed.ok ? placed.value.orderId : ''
    await screened(orderId)
    const [review] = (await office((ctx) => readReviews(ctx, 'en'))).open
    const pieces = await office(({ db }) => db.order.findMany({ select: { netMinor: true }, where: { tenantId: shop.tenantId } }))
    expect(review?.pieces.map(({ name }) => name)).toEqual(['web-1', 'web-2'])
    expect([pieces.length, review?.net.minor]).toEqual([2, (pieces[0]?.netMinor ?? 0n) * 2n])
    await office((ctx) => reviewOrder(ctx, { orderId, decision: 'refuse', note: 'Invented address' }))
    expect(await screened(orderId)).toBe('refuse')
  })

  test('counts other buyers at the same network address', async () => {
    for (const name of ['one', 'two', 'three']) await ordered(await buyer({ name }))
    const orderId = await ordered(await buyer({ name: 'four' }))
    await screened(orderId)
    const { reasons } = await office(({ db }) => db.orderScreening.findFirstOrThrow({ where: { orderId } }))
    expect(reasons).toEqual([
      { reason: 'new-account', points: 10 },
      { reason: 'address-velocity', points: 25 },
    ])
  })
})

describe('later orders', () => {
  const proven = async () => {
    const accountId = await buyer()
    const first = await ordered(accountId)
    await office(({ db, tenantId }) => db.order.updateMany({ where: { tenantId, id: first }, data: { state: 'active' } }))
    await receive(shop.tenantId, accountId, 1_000n)
    return accountId
  }

  test('of an account with one that is paid and runs are not screened', async () => {
    await settings(strict)
    expect(await screened(await ordered(await proven()))).toBe('pass')
  })

  test('are screened where the seller wants all of them to be', async () => {
    await settings({ ...strict, scope: 'all-orders' })
    expect(await screened(await ordered(await proven()))).toBe('review')
  })
})

describe('lists', () => {
  const denied = { list: 'deny', kind: 'domain', typed: '@Throwaway.Example', note: 'No mail arrives' } as const

  test('refuse a denied mail domain until it is taken off', async () => {
    const added = await office((ctx) => addListEntry(ctx, denied))
    if (!added.ok) throw new Error(added.error)
    const email = 'ida@throwaway.example'
    expect(await screened(await ordered(await buyer({ email })))).toBe('refuse')
    await office((ctx) => removeListEntry(ctx, added.value))
    expect(await screened(await ordered(await buyer({ email: `a-${email}` })))).toBe('pass')
  })

  test('hold a value once, on one list', async () => {
    await office((ctx) => addListEntry(ctx, denied))
    expect(await office((ctx) => addListEntry(ctx, { ...denied, list: 'allow' }))).toEqual({ ok: false, error: 'already-listed' })
    expect(await office((ctx) => addListEntry(ctx, { ...denied, typed: 'nothing' }))).toEqual({ ok: false, error: 'malformed-value' })
  })
})

describe('sign-ups', () => {
  const signUp = (digest: string | null) => {
    const solved = digest === null ? null : { digest, expiresAt: new Date('2026-07-05T14:50:00Z') }
    return office((ctx) => limitSignUps(ctx, { addressHash: 'address-1', solved }))
  }

  test('that prove nothing are few from one address; a solved task opens one more account, once', async () => {
    expect([await signUp(null), await signUp(null), await signUp(null)]).toEqual([null, null, null])
    expect(await signUp(null)).not.toBeNull()
    expect(await signUp('task-1')).toBeNull()
    expect(await signUp('task-1')).not.toBeNull()
    expect(await signUp('task-2')).toBeNull()
  })
})

describe('a limit within an hour', () => {
  test('lets as many through as it says, also when all come at once, and says when to try again', async () => {
    await settings({ signUpsPerAddress: 5 })
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => office((ctx) => limitVelocity(ctx, { kind: 'sign-up', addressHash: 'a', isProven: true }))),
    )
    expect(tries.filter((retry) => retry === null)).toHaveLength(5)
    expect(tries.find((retry) => retry !== null)).toEqual(new Date('2026-07-05T15:12:00Z'))
    expect(await office((ctx) => limitVelocity(ctx, { kind: 'sign-up', addressHash: 'b', isProven: true }))).toBeNull()
  })

  test('opens again as the hour slides on', async () => {
    await settings({ ordersPerAccount: 2 })
    const order = () => office((ctx) => limitVelocity(ctx, { kind: 'order', accountId: 'account-1', addressHash: null }))
    expect([await order(), await order()]).toEqual([null, null])
    expect(await order()).toEqual(new Date('2026-07-05T15:30:00Z'))
    setClock(fixedClock('2026-07-05T15:29:00Z'))
    expect(await order()).not.toBeNull()
    setClock(fixedClock('2026-07-05T15:30:00Z'))
    expect(await order()).toBeNull()
  })
})

test('refusing begins above reviewing', async () => {
  expect(await settings({ reviewScore: 60, refuseScore: 60 })).toEqual({ ok: false, error: 'scores-out-of-order' })
})
