import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { paymentsNotAsBooked } from '#app/db/invariants/payments.server.ts'
import { settledOtherwise, unappliedOtherwise } from '#app/db/invariants/settled.server.ts'
import { readPaymentSettings, savePaymentSettingsRow } from '#app/db/payments/payment-settings.server.ts'
import { approveRefund, type RequestRefundInput, requestRefund, withdrawRefund } from '#app/services/refunds/request-refund.server.ts'
import { takeInRefusal } from '#app/services/refunds/take-in-refund.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, refundedOf, tellRefund } from '#tests/support/captured-payments.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, eur, stateOf, useOf } from '#tests/support/payments.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let paid: Captured

// An invoice of 40.34 is paid by a card with 50.00: 9.66 are too much.
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const { tenantId, accountId, invoice } = seller
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  paid = await capture(tenantId, { accountId, gatewayAccountId, minor: 5000n, invoiceId: invoice.id })
})
afterEach(() => setClock())

function giveBack(minor: bigint, facts: Partial<RequestRefundInput> = {}) {
  const wish = { refundId: v7(), paymentId: paid.paymentId, amount: eur(minor), reason: 'Paid too much', invoiceId: null, ...facts }
  return asOffice(paid.tenantId, (ctx) => requestRefund(ctx, wish))
}

async function violations(): Promise<string[]> {
  const found: string[] = []
  for (const check of [paymentsNotAsBooked, settledOtherwise, unappliedOtherwise])
    found.push(...(await asOffice(seller.tenantId, async (ctx) => (await check(ctx)).ids)))
  return found
}

test('what was paid too much goes back to the card', async () => {
  expect(await giveBack(966n)).toMatchObject({ ok: true, value: { state: 'created' } })
  expect(await useOf(seller.tenantId, paid.paymentId)).toEqual({ allocated: 4034n, refunded: 966n })
  expect(await booksOf(seller.tenantId)).toMatchObject({ 'clearing.sandbox': 4034n })
  expect(await refundedOf(paid)).toBe(966n)
  expect(await violations()).toEqual([])
})

test('what settles a document is not given back by the way', async () => {
  expect(await giveBack(967n)).toEqual({ ok: false, error: 'more-than-unapplied' })
  expect(await refundedOf(paid)).toBe(0n)
})

test('a document is credited and as much of it given back: the buyer owes nothing, nothing is counted twice', async () => {
  expect(await giveBack(1034n, { invoiceId: seller.invoice.id })).toMatchObject({ ok: true })
  expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'paid', paid: 4034n })
  expect(await useOf(seller.tenantId, paid.paymentId)).toEqual({ allocated: 3000n, refunded: 1034n })
  const books = await booksOf(seller.tenantId)
  expect(books).toMatchObject({ 'clearing.sandbox': 3966n, 'unapplied-cash': -966n })
  expect(books).not.toHaveProperty('receivable')
  expect(await violations()).toEqual([])
})

test('no more of a document is credited and given back than the payment settled of it', async () => {
  expect(await giveBack(4035n, { invoiceId: seller.invoice.id })).toEqual({ ok: false, error: 'more-than-applied' })
})

test('fifty people give all of it back at once: it goes back once', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => giveBack(966n)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await refundedOf(paid)).toBe(966n)
  expect(await useOf(seller.tenantId, paid.paymentId)).toEqual({ allocated: 4034n, refunded: 966n })
})

test('the same form sent fifty times is one refund', async () => {
  const refundId = v7()
  const answers = await Promise.all(Array.from({ length: 50 }, () => giveBack(100n, { refundId })))
  expect(answers.every(({ ok }) => ok)).toBe(true)
  expect(await refundedOf(paid)).toBe(100n)
})

describe('above the limit', () => {
  beforeEach(() => {
    const settings = { refundApprovalAbove: { EUR: 500n }, suspendsOnDispute: false, exchangeMonths: 13 }
    return asOffice(seller.tenantId, async (ctx) => savePaymentSettingsRow(ctx, { ...(await readPaymentSettings(ctx)), ...settings }))
  })

  test('a refund waits for a second person, and nothing is booked before', async () => {
    const refundId = v7()
    expect(await giveBack(600n, { refundId })).toMatchObject({ ok: true, value: { state: 'waiting' } })
    expect(await refundedOf(paid)).toBe(0n)
    expect(await asOffice(paid.tenantId, (ctx) => approveRefund(ctx, { refundId }))).toEqual({ ok: false, error: 'second-person-needed' })
    const other = { kind: 'user', userId: v7(), membershipId: v7() } as const
    expect(await asOffice(paid.tenantId, (ctx) => approveRefund({ ...ctx, actor: other }, { refundId }))).toEqual({ ok: true })
    expect(await refundedOf(paid)).toBe(600n)
    const late = await asOffice(paid.tenantId, (ctx) => withdrawRefund(ctx, { refundId }))
    expect(late).toEqual({ ok: false, error: 'refund-decided' })
  })

  test('a refund that is withdrawn is not let go any more', async () => {
    const refundId = v7()
    await giveBack(600n, { refundId })
    await asOffice(paid.tenantId, (ctx) => withdrawRefund(ctx, { refundId }))
    const other = { kind: 'user', userId: v7(), membershipId: v7() } as const
    const late = await asOffice(paid.tenantId, (ctx) => approveRefund({ ...ctx, actor: other }, { refundId }))
    expect(late).toEqual({ ok: false, error: 'refund-decided' })
    expect(await refundedOf(paid)).toBe(0n)
  })
})

describe('the gateway tells', () => {
  test('that the bank returns a refund after all: the money is here again', async () => {
    const refundId = v7()
    await giveBack(966n, { refundId })
    for (const state of ['pending', 'done', 'pending', 'failed', 'done'] as const)
      await tellRefund(paid, { ref: 're_1', refundId, state, minor: 966n })
    expect(await refundedOf(paid)).toBe(0n)
    expect(await useOf(seller.tenantId, paid.paymentId)).toEqual({ allocated: 4034n, refunded: 0n })
    expect(await booksOf(seller.tenantId)).toMatchObject({ 'clearing.sandbox': 5000n, 'unapplied-cash': -966n })
    expect(await violations()).toEqual([])
  })

  test('that it refuses: the money can be given back again', async () => {
    const refundId = v7()
    await giveBack(966n, { refundId })
    for (const _ of [1, 2]) await asOffice(paid.tenantId, (ctx) => takeInRefusal(ctx, refundId, 'bad-request'))
    expect(await giveBack(966n)).toMatchObject({ ok: true })
  })

  test('of a refund made there by hand: it is booked once, and what it settled is open again', async () => {
    for (const state of ['pending', 'done', 'done'] as const) await tellRefund(paid, { ref: 're_hand', state, minor: 2000n })
    expect(await refundedOf(paid)).toBe(2000n)
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'open', paid: 0n })
    expect(await booksOf(seller.tenantId)).toMatchObject({ 'clearing.sandbox': 3000n })
    expect(await violations()).toEqual([])
  })

  test('of more given back than was captured: it is not believed', async () => {
    await tellRefund(paid, { ref: 're_hand', state: 'done', minor: 5001n })
    expect(await refundedOf(paid)).toBe(0n)
  })

  test('of another amount than was asked for: it is not believed', async () => {
    const refundId = v7()
    await giveBack(966n, { refundId })
    await tellRefund(paid, { ref: 're_1', refundId, state: 'done', minor: 967n })
    const { state, failureCode } = await asOffice(paid.tenantId, ({ db }) => db.gatewayRefund.findFirstOrThrow({ where: { id: refundId } }))
    expect({ state, failureCode }).toEqual({ state: 'created', failureCode: 'other-amount' })
  })
})
