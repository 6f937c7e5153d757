import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { markUncollectible } from '#app/services/invoices/mark-uncollectible.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'
import { refundPayment, returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { takeBackAllocation } from '#app/services/payments/take-back-allocation.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { allocate, booksOf, eur, receive, stateOf, useOf } from '#tests/support/payments.ts'

/** The seller's books once it invoiced 40.34 and received nothing: what they have beside money and debt stays as it is. */
const income = { 'revenue.usage': -3390n, 'tax-payable.S.19': -644n }

// Invoiced on 1 July; seen on 10 July.
let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock('2026-07-10T08:00:00Z'))
})
afterEach(() => setClock())

describe('money received of a buyer', () => {
  test('settles nothing by itself: it is unapplied cash', async () => {
    await receive(seller.tenantId, seller.accountId, 5000n)
    expect(await booksOf(seller.tenantId)).toEqual({ ...income, bank: 5000n, receivable: 4034n, 'unapplied-cash': -5000n })
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'open', paid: 0n })
  })

  test('recorded twice for one fact is one payment', async () => {
    const first = await receive(seller.tenantId, seller.accountId, 5000n, { sourceKey: 'counter:1' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => receive(seller.tenantId, seller.accountId, 5000n, { sourceKey: 'counter:1' })),
    )
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([first.id]))
    expect((await booksOf(seller.tenantId)).bank).toBe(5000n)
  })

  test('pays in parts: 20.00 leave the invoice partly paid, 20.34 more pay it', async () => {
    const { tenantId, accountId, invoice } = seller
    const first = await receive(tenantId, accountId, 2000n)
    await allocate(tenantId, first.id, invoice.id, 2000n)
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'partly-paid', paid: 2000n })

    const second = await receive(tenantId, accountId, 2034n)
    await allocate(tenantId, second.id, invoice.id, 2034n)
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4034n })
  })

  test('of which too much came keeps the rest, which can be given back', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 5000n)
    await allocate(tenantId, payment.id, invoice.id, 4034n)
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 5000n, 'unapplied-cash': -966n })

    const refund = { paymentId: payment.id, amount: eur(966n), reason: 'Paid too much', sourceKey: 'refund:1' }
    expect(await asOffice(tenantId, (ctx) => refundPayment(ctx, refund))).toMatchObject({ ok: true })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4034n })
    expect(await useOf(tenantId, payment.id)).toEqual({ allocated: 4034n, refunded: 966n })
  })

  test('that lacks two cents pays the invoice when staff lets them go', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 4032n)
    expect(await allocate(tenantId, payment.id, invoice.id, 4032n, 2n)).toMatchObject({ ok: true })
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4032n, rounding: 2n })
  })

  test('that is three cents too much pays the invoice, and the cents are kept when staff says so', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 4037n)
    expect(await allocate(tenantId, payment.id, invoice.id, 4037n, -3n)).toMatchObject({ ok: true })
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4037n, rounding: -3n })
  })

  test('is booked on the day it came, and today when that month is closed', async () => {
    const { tenantId, accountId } = seller
    await receive(tenantId, accountId, 100n, { receivedOn: '2026-06-30' })
    await asOffice(tenantId, (ctx) => closePeriod(ctx, { month: '2026-06' }))
    await receive(tenantId, accountId, 100n, { receivedOn: '2026-06-29' })
    const entries = await asOffice(tenantId, ({ db }) => db.ledgerEntry.findMany({ where: { kind: 'payment' }, orderBy: { id: 'asc' } }))
    expect(entries.map(({ bookedOn }) => bookedOn.toISOString().slice(0, 10))).toEqual(['2026-06-30', '2026-07-10'])
  })

  test('after the invoice was given up brings it back into the books, tax included', async () => {
    const { tenantId, accountId, invoice } = seller
    const giveUp = { invoiceId: invoice.id, reason: 'Insolvent', isTaxCorrected: true }
    await asOffice(tenantId, (ctx) => markUncollectible(ctx, giveUp))
    expect(await booksOf(tenantId)).toEqual({ 'bad-debt': 3390n, 'revenue.usage': -3390n })

    const quota = await receive(tenantId, accountId, 1000n)
    const taken = await allocate(tenantId, quota.id, invoice.id, 1000n)
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'uncollectible', paid: 1000n })
    const rest = await receive(tenantId, accountId, 3034n)
    await allocate(tenantId, rest.id, invoice.id, 3034n)
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4034n })

    const allocationId = taken.ok ? taken.value.id : ''
    await asOffice(tenantId, (ctx) => takeBackAllocation(ctx, { allocationId, reason: 'Contested by the estate' }))
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'uncollectible', paid: 3034n })
    expect((await booksOf(tenantId)).receivable).toBeUndefined()
  })

  test('is seen by who paid it and by no other buyer', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 4034n)
    await allocate(tenantId, payment.id, invoice.id, 4034n)
    const other = await buildAccount(tenantId, { name: 'Weser Anlagenbau AG' })
    const seen = (id: string) => inPanel(tenantId, [id], async ({ db }) => [await db.payment.count(), await db.paymentAllocation.count()])
    expect(await seen(accountId)).toEqual([1, 1])
    expect(await seen(other)).toEqual([0, 0])
  })
})

describe('what is refused', () => {
  test('a payment of another buyer, of another seller, of the future, or of nothing', async () => {
    const { tenantId, accountId } = seller
    const elsewhere = await buildAccount(await buildTenant())
    const input = { method: 'cash', at: { code: 'cash', kind: 'asset' }, reference: null, payer: null, sourceKey: 'x' } as const
    const record = (facts: { accountId: string; amount?: bigint; receivedOn?: string }) =>
      asOffice(tenantId, (ctx) => recordPayment(ctx, { ...input, receivedOn: '2026-07-02', ...facts, amount: eur(facts.amount ?? 100n) }))
    expect(await record({ accountId: elsewhere })).toEqual({ ok: false, error: 'account-not-found' })
    expect(await record({ accountId, receivedOn: '2026-07-11' })).toEqual({ ok: false, error: 'received-in-future' })
    expect(await record({ accountId, amount: 0n })).toEqual({ ok: false, error: 'amount-not-positive' })
    expect(await booksOf(tenantId)).toEqual({ ...income, receivable: 4034n })
  })

  test('a share in another currency, of another buyer, beyond the payment or beyond the invoice', async () => {
    const { tenantId, accountId, invoice } = seller
    const francs = await receive(tenantId, accountId, 5000n, { amount: money(5000n, 'CHF') })
    expect(await allocate(tenantId, francs.id, invoice.id, 4034n)).toEqual({ ok: false, error: 'other-currency' })
    const other = await receive(tenantId, await buildAccount(tenantId), 5000n)
    expect(await allocate(tenantId, other.id, invoice.id, 4034n)).toEqual({ ok: false, error: 'other-account' })
    const small = await receive(tenantId, accountId, 1000n)
    expect(await allocate(tenantId, small.id, invoice.id, 1001n)).toEqual({ ok: false, error: 'more-than-unapplied' })
    const large = await receive(tenantId, accountId, 9000n)
    expect(await allocate(tenantId, large.id, invoice.id, 4035n)).toEqual({ ok: false, error: 'more-than-open' })
    expect(await allocate(tenantId, large.id, invoice.id, 4028n, 6n)).toEqual({ ok: false, error: 'rounding-too-large' })
    expect(await allocate(tenantId, large.id, invoice.id, 4000n, 2n)).toEqual({ ok: false, error: 'rounding-too-large' })
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'open', paid: 0n })
  })
})

describe('at once', () => {
  test('thirty allocations of 2.00 settle an invoice of 40.34 with twenty of them', async () => {
    const { tenantId, accountId, invoice } = seller
    const payments = await Promise.all(Array.from({ length: 3 }, () => receive(tenantId, accountId, 2000n)))
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, turn) => allocate(tenantId, payments[turn % 3]?.id ?? '', invoice.id, 200n)),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20)
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'partly-paid', paid: 4000n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 6000n, receivable: 34n, 'unapplied-cash': -2000n })
  })

  test('fifty full refunds of a payment are one', async () => {
    const { tenantId, accountId } = seller
    const payment = await receive(tenantId, accountId, 5000n)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, turn) =>
        asOffice(tenantId, (ctx) =>
          refundPayment(ctx, { paymentId: payment.id, amount: eur(5000n), reason: 'Wrong buyer', sourceKey: `refund:${turn}` }),
        ),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await booksOf(tenantId)).toEqual({ ...income, receivable: 4034n })
  })
})

describe('taken back', () => {
  test('an allocation opens its invoice and frees the money, once, with the reason in the books', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 4034n)
    const taken = await allocate(tenantId, payment.id, invoice.id, 4034n)
    const allocationId = taken.ok ? taken.value.id : ''
    const takeBack = () => asOffice(tenantId, (ctx) => takeBackAllocation(ctx, { allocationId, reason: 'Meant for another invoice' }))
    expect(await Promise.all([takeBack(), takeBack(), takeBack()])).toEqual(Array(3).fill({ ok: true, value: undefined }))

    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'open', paid: 0n })
    expect(await useOf(tenantId, payment.id)).toEqual({ allocated: 0n, refunded: 0n })
    expect(await booksOf(tenantId)).toEqual({ ...income, bank: 4034n, receivable: 4034n, 'unapplied-cash': -4034n })
    const reversals = await asOffice(tenantId, ({ db }) => db.ledgerEntry.findMany({ where: { kind: 'reversal' } }))
    expect(reversals.map(({ reason }) => reason)).toEqual(['Meant for another invoice'])
    const events = await asOffice(tenantId, ({ db }) =>
      db.outboxEvent.findMany({ where: { name: { startsWith: 'payment.' } }, orderBy: { id: 'asc' } }),
    )
    expect(events.map(({ name }) => name)).toEqual(['payment.received', 'payment.allocated', 'payment.allocation-reversed'])
  })

  test('by the bank a payment takes its allocations with it, and a repeat of the notice changes nothing', async () => {
    const { tenantId, accountId, invoice } = seller
    const payment = await receive(tenantId, accountId, 5000n)
    await allocate(tenantId, payment.id, invoice.id, 4034n)
    const bounce = () =>
      asOffice(tenantId, (ctx) => returnPayment(ctx, { paymentId: payment.id, reason: 'Account closed', sourceKey: 'return:1' }))
    expect(await bounce()).toMatchObject({ ok: true })
    expect(await bounce()).toMatchObject({ ok: true })
    expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'open', paid: 0n })
    expect(await booksOf(tenantId)).toEqual({ ...income, receivable: 4034n })
    expect(await useOf(tenantId, payment.id)).toEqual({ allocated: 0n, refunded: 5000n })
  })
})
