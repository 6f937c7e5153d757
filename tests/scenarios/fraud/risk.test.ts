import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { keepPaymentMethod } from '#app/db/payments/payment-methods.server.ts'
import type { RiskKind } from '#app/domain/fraud/risk-hold.ts'
import { usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { readRisks } from '#app/reports/screening/risks.server.ts'
import { clearRisk, holdRisk } from '#app/services/fraud/hold-risk.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { addListEntry } from '#app/services/fraud/keep-lists.server.ts'
import { screenOrder } from '#app/services/fraud/screen-order.server.ts'
import { screenPayment } from '#app/services/fraud/screen-payment.server.ts'
import { screenSignUp } from '#app/services/fraud/screen-sign-up.server.ts'
import { isBlocked } from '#app/services/holds/effect-of.server.ts'
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
const risks = async (kind: RiskKind) => (await office((ctx) => readRisks(ctx, kind))).rows
const blocked = (accountId: string) => office((ctx) => isBlocked(ctx, accountId))

async function buyer(facts: Parameters<typeof buildAccount>[1] = {}) {
  const accountId = await buildAccount(shop.tenantId, { country: 'AT', ...facts })
  await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId })
  await office(({ db, now, tenantId }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { createdAt: now } }))
  return accountId
}

async function gateway(): Promise<string> {
  const id = v7()
  const account = { gateway: 'sandbox', name: 'Sandbox', mode: 'test', state: 'active', externalId: id, settings: {}, createdBy: 'test' }
  const secret = { secretCiphertext: new Uint8Array([1]), secretKeyId: 'key' }
  await office(({ db, tenantId, now }) =>
    db.gatewayAccount.createMany({ data: [{ tenantId, id, ...account, ...secret, createdAt: now, changedAt: now }] }),
  )
  return id
}

/** A card of the buyer that the gateway names, and a payment of 20.00 that an attempt with it brought. */
async function paidByCard(accountId: string, gatewayAccountId: string, fingerprint: string): Promise<string> {
  const card = { ref: v7(), customerRef: v7(), kind: 'card', label: 'Visa', lastDigits: '4242', expiresOn: null, fingerprint } as const
  const paymentMethodId = await office((ctx) => keepPaymentMethod(ctx, { accountId, gatewayAccountId, method: card }))
  const { id: paymentId } = await receive(shop.tenantId, accountId, 2_000n)
  const id = v7()
  const attempt = { accountId, gatewayAccountId, paymentMethodId, paymentId, kind: 'off-session', purpose: 'top-up', state: 'captured' }
  const amounts = { currency: 'EUR', amountMinor: 2_000n, capturedMinor: 2_000n, startedBy: 'test', attemptKey: id }
  await office(({ db, tenantId, now }) =>
    db.paymentAttempt.createMany({
      data: [{ tenantId, id, ...attempt, ...amounts, deadlineAt: now, createdAt: now, changedAt: now, finishedAt: now }],
    }),
  )
  await office((ctx) => screenPayment(ctx, id))
  return paymentId
}

describe('a risk', () => {
  test('of a sign-up, an order and a payment is seen with every signal behind it, from 0 to 100', async () => {
    const accountId = await buyer({ email: 'ida@probst.example', country: 'DE', vatId: 'MT12345674' })
    await office((ctx) => screenSignUp(ctx, { accountId, origin: { addressHash: 'hash' } }))
    const order = await orderWith(shop, accountId, [])
    await screenOrder(shop.tenantId, order.ok ? order.value.orderId : '')
    const gatewayAccountId = await gateway()
    await paidByCard(await buyer({ name: 'Other' }), gatewayAccountId, 'card-one')
    const paymentId = await paidByCard(accountId, gatewayAccountId, 'card-one')

    expect(await risks('sign-up')).toMatchObject([
      { id: accountId, state: 'clear', points: 35, reasons: [{ reason: 'country-mismatch' }, { reason: 'foreign-country' }] },
    ])
    expect(await risks('order')).toMatchObject([
      { accountId, points: 35, reasons: [{ reason: 'new-account' }, { reason: 'country-mismatch' }] },
    ])
    const [payment] = (await risks('payment')).filter(({ id }) => id === paymentId)
    expect(payment).toMatchObject({ points: 65, cards: ['card-one'], state: 'clear', amount: { minor: 2_000n } })
    expect(payment?.reasons.map(({ reason }) => reason)).toEqual(['new-account', 'shared-card', 'country-mismatch'])
  })

  test('is held by staff: the account orders nothing until it is cleared', async () => {
    const accountId = await buyer()
    const order = await orderWith(shop, accountId, [])
    const id = order.ok ? order.value.orderId : ''
    await screenOrder(shop.tenantId, id)
    const deed = { kind: 'order', id, note: 'Kommt mir komisch vor' } as const
    expect(await office((ctx) => holdRisk(ctx, deed))).toEqual({ ok: true, value: null })
    expect([await blocked(accountId), (await risks('order'))[0]?.state]).toEqual([true, 'held'])
    expect(await orderWith(shop, accountId, [])).toEqual({ ok: false, error: 'account-held' })
    expect(await office((ctx) => clearRisk(ctx, { ...deed, note: 'Angerufen' }))).toEqual({ ok: true, value: null })
    expect([await blocked(accountId), (await risks('order'))[0]?.state]).toEqual([false, 'clear'])
  })

  test('that waits in a queue is cleared into going on', async () => {
    await office((ctx) => saveFraudSettings(ctx, { ...usualFraudSettings, signUps: 'everyone', reviewScore: 10 }))
    const accountId = await buyer()
    await office((ctx) => screenSignUp(ctx, { accountId, origin: null }))
    expect([(await risks('sign-up'))[0]?.state, await blocked(accountId)]).toEqual(['waiting', true])
    await office((ctx) => clearRisk(ctx, { kind: 'sign-up', id: accountId, note: 'Bekannt' }))
    expect([(await risks('sign-up'))[0]?.state, await blocked(accountId)]).toEqual(['clear', false])
    expect(await office((ctx) => holdRisk(ctx, { kind: 'payment', id: v7(), note: 'Nichts' }))).toEqual({ ok: false, error: 'not-found' })
  })
})

describe('a list', () => {
  test('knows a card by its fingerprint: a payment with a denied one holds the account until a person clears it', async () => {
    const listed = await office((ctx) => addListEntry(ctx, { list: 'deny', kind: 'card', typed: 'Card-Stolen-1', note: 'Gestohlen' }))
    expect(listed.ok).toBe(true)
    const accountId = await buyer()
    const id = await paidByCard(accountId, await gateway(), 'Card-Stolen-1')
    expect([(await risks('payment'))[0]?.state, await blocked(accountId)]).toEqual(['held', true])
    await office((ctx) => clearRisk(ctx, { kind: 'payment', id, note: 'Karte gehört ihr' }))
    expect([(await risks('payment'))[0]?.state, await blocked(accountId)]).toEqual(['clear', false])
  })

  test('knows an order by its country, and by the range it came from when it was placed', async () => {
    const deny = { list: 'deny', note: 'Probe' } as const
    await office((ctx) => addListEntry(ctx, { ...deny, kind: 'range', typed: '2001:db8::/32' }))
    const from = async (address: string, facts = {}) => {
      const order = await orderWith(shop, await buyer(facts), [], { address })
      return screenOrder(shop.tenantId, order.ok ? order.value.orderId : '')
    }
    expect([await from('2001:db8:7::1'), await from('2001:db9::1'), await from('192.0.2.1')]).toEqual(['refuse', 'pass', 'pass'])
    await office((ctx) => addListEntry(ctx, { ...deny, kind: 'country', typed: 'cz' }))
    expect(await from('192.0.2.1', { country: 'CZ' })).toBe('refuse')
    const kept = await office(({ db }) =>
      db.orderOrigin.findMany({ select: { addressHash: true, lists: true }, where: { lists: { has: 'deny' } }, take: 5 }),
    )
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain('2001')
  })
})
