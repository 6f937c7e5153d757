import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import { readExposure } from '#app/services/credit/read-exposure.server.ts'
import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { effectOf } from '#app/services/holds/effect-of.server.ts'
import { placeHold } from '#app/services/holds/place-hold.server.ts'
import { expireReservations } from '#app/services/orders/expire-reservations.server.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { fundOrder, fundPaidOrder } from '#app/services/orders/pay-order-first.server.ts'
import { activateChain, attachChain, failChain, invoiceChain } from '#app/services/orders/provision-order.server.ts'
import { asOffice, buildAccount, buildContract } from '#tests/support/builders.ts'
import { receive } from '#tests/support/payments.ts'
import { buildFriday, type Friday } from '../orders/friday.ts'
import { orderWith } from '../promotions/store.ts'

const ordered = '2026-06-05T14:40:00Z'

beforeEach(() => setClock(fixedClock(ordered)))
afterEach(() => setClock())

/** A customer that may owe `own` cents to a reseller that may owe `above` cents to the provider. */
async function friday(own: bigint, above: bigint) {
  const built = await buildFriday()
  const accountId = await buildAccount(built.shop.tenantId, { name: 'Huber', country: 'AT' })
  const facts = { accountId, priceBookId: built.shop.priceBookId, billingDay: 5, invoicesOrders: true, creditLimitMinor: own }
  await buildContract(built.shop.tenantId, facts)
  const reseller = await asOffice(built.provider, ({ db }) => db.contract.findFirstOrThrow({ where: { tenantId: built.provider } }))
  await limit(built.provider, reseller.accountId, above)
  return { ...built, accountId, resellerId: reseller.accountId }
}

const limit = (tenantId: string, accountId: string, amountMinor: bigint) =>
  asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor, reason: 'agreed', span: null }))

async function placed({ shop, accountId, codeOf }: Friday): Promise<ChainedOrder[]> {
  const order = await orderWith(shop, accountId, [], { optionCodes: [codeOf('mysql')] })
  if (!order.ok) throw new Error(order.error)
  const chain = await orderUpstream({ tenantId: shop.tenantId, orderId: order.value.orderId })
  if (!chain.ok) throw new Error(chain.error)
  return chain.value
}

/** Exposure and what is available, of the customer and of its reseller. */
async function standing({ shop, accountId, provider, resellerId }: Awaited<ReturnType<typeof friday>>) {
  const read = async (tenantId: string, buyer: string) => {
    const exposure = await asOffice(tenantId, async (ctx) => {
      const { id } = await ctx.db.contract.findFirstOrThrow({ where: { tenantId, accountId: buyer }, select: { id: true } })
      return readExposure(ctx, id)
    })
    if (!exposure.ok) throw new Error(exposure.error)
    expect(await asOffice(tenantId, creditNotAsSources)).toMatchObject({ violations: 0 })
    return [Number(exposure.value.exposure.minor), Number(exposure.value.available.minor)]
  }
  return { customer: await read(shop.tenantId, accountId), reseller: await read(provider, resellerId) }
}

const orderRow = ({ tenantId, orderId }: ChainedOrder) =>
  asOffice(tenantId, ({ db }) =>
    db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } }, select: { awaits: true, missingMinor: true } }),
  )

describe('an order', () => {
  test('reserves 139.20 of the customer and 76.20 of its reseller, which leaves 4,923.80, and becomes an invoice without a jump', async () => {
    const levels = await friday(20_000n, 500_000n)
    const chain = await placed(levels)
    expect(await fundOrder(chain)).toEqual({ ok: true, value: 'reserved' })
    expect(await fundOrder(chain)).toEqual({ ok: true, value: 'reserved' })
    expect(await standing(levels)).toEqual({ customer: [13_920, 6080], reseller: [7620, 492_380] })

    await attachChain(chain, null)
    await activateChain(chain, null, new Date(ordered))
    await invoiceChain(chain)
    expect(await standing(levels)).toEqual({ customer: [13_920, 6080], reseller: [7620, 492_380] })
  })

  test('that the level above refuses leaves nothing reserved, and only its buyer’s staff read what is missing', async () => {
    const levels = await friday(20_000n, 5000n)
    const chain = await placed(levels)
    expect(await fundOrder(chain)).toEqual({ ok: false, error: 'not-available' })
    expect(await standing(levels)).toEqual({ customer: [0, 20_000], reseller: [0, 5000] })
    const [own] = chain
    if (!own) throw new Error('there is no order')
    expect(await orderRow(own)).toEqual({ awaits: null, missingMinor: null })
    const { detail } = await asOffice(own.tenantId, ({ db }) =>
      db.auditEntry.findFirstOrThrow({ where: { subjectId: own.orderId, action: 'order.refused' }, select: { detail: true } }),
    )
    expect(detail).toEqual({ reason: 'no-credit', missingMinor: '2620', currency: 'EUR' })
  })

  test('beyond the customer’s own limit names the sum that is missing, and asks nothing of the level above', async () => {
    const levels = await friday(10_000n, 500_000n)
    const chain = await placed(levels)
    expect(await fundOrder(chain)).toEqual({ ok: false, error: 'no-credit' })
    expect(await orderRow(chain[0] as ChainedOrder)).toEqual({ awaits: null, missingMinor: 3920n })
    expect((await standing(levels)).reseller).toEqual([0, 500_000])
  })

  test('of an account that is held back is refused at its own level', async () => {
    const levels = await friday(20_000n, 500_000n)
    const chain = await placed(levels)
    const hold = { accountId: levels.accountId, source: 'staff', effect: 'block-orders', reason: 'asked', key: 'test' } as const
    await asOffice(levels.shop.tenantId, (ctx) => placeHold(ctx, hold))
    expect(await fundOrder(chain)).toEqual({ ok: false, error: 'account-blocked' })
  })

  test('after the limit was lowered still names the sum that is missing, though orders are blocked', async () => {
    const levels = await friday(20_000n, 500_000n)
    const { tenantId } = levels.shop
    const first = await placed(levels)
    await fundOrder(first)
    await limit(tenantId, levels.accountId, 10_000n)
    await asOffice(tenantId, (ctx) => watchCredit(ctx, { accountId: levels.accountId }))
    expect(await asOffice(tenantId, (ctx) => effectOf(ctx, levels.accountId))).toBe('block-orders')
    const second = await placed(levels)
    expect(await fundOrder(second)).toEqual({ ok: false, error: 'no-credit' })
    // 139.20 of the new one, and 39.20 by which the first one exceeds the lowered limit.
    expect(await orderRow(second[0] as ChainedOrder)).toEqual({ awaits: null, missingMinor: 17_840n })
    expect(await asOffice(tenantId, (ctx) => readOrderToPay(ctx, second[0]?.orderId ?? ''))).toMatchObject({ total: { minor: 17_840n } })
  })

  test('that cannot be built frees what every level reserved', async () => {
    const levels = await friday(20_000n, 500_000n)
    const chain = await placed(levels)
    await fundOrder(chain)
    await failChain(chain, 'failed', 'server-not-built')
    expect(await standing(levels)).toEqual({ customer: [0, 20_000], reseller: [0, 500_000] })
  })
})

describe('a customer without room where payments are taken', () => {
  async function payable() {
    const levels = await friday(0n, 500_000n)
    const { tenantId } = levels.shop
    const account = { gateway: 'sandbox', name: 'Sandbox', mode: 'test', state: 'active', externalId: 'acct', settings: {} }
    const secret = { secretCiphertext: Buffer.from('sealed'), secretKeyId: 'k1', createdBy: 'test' }
    const at = new Date(ordered)
    await asOffice(tenantId, ({ db }) =>
      db.gatewayAccount.createMany({ data: [{ tenantId, id: v7(), ...account, ...secret, createdAt: at, changedAt: at }] }),
    )
    return { levels, chain: await placed(levels) }
  }

  test('is asked to pay while the level above holds its part, and its money makes the room', async () => {
    const { levels, chain } = await payable()
    expect(await fundOrder(chain)).toEqual({ ok: true, value: 'to-pay' })
    expect(await orderRow(chain[0] as ChainedOrder)).toEqual({ awaits: 'payment', missingMinor: 13_920n })
    expect((await standing(levels)).reseller).toEqual([7620, 492_380])

    await receive(levels.shop.tenantId, levels.accountId, 13_920n, { receivedOn: '2026-06-05' })
    expect(await fundPaidOrder(chain)).toEqual({ ok: true, value: 'reserved' })
    expect(await standing(levels)).toEqual({ customer: [0, 0], reseller: [7620, 492_380] })
  })

  test('that does not pay in time loses its place, at every level', async () => {
    const { levels, chain } = await payable()
    await fundOrder(chain)
    setClock(fixedClock('2026-06-05T15:10:00Z'))
    expect(await expireReservations(levels.provider)).toBe(1)
    expect(await fundPaidOrder(chain)).toEqual({ ok: false, error: 'no-credit' })
    expect(await standing(levels)).toEqual({ customer: [0, 0], reseller: [0, 500_000] })
  })
})
