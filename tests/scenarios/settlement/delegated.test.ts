import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfCollected } from '#app/domain/ledger/settlement-rules.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { approvePayoutRun, openPayoutRun } from '#app/services/payouts/run-payouts.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bankPays, payOut } from '#tests/support/payouts.ts'
import { disagreements } from '#tests/support/settled-books.ts'
import { agree, balances, buildSettledEdge, count, customerPays, invoiceCustomer, type SettledEdge } from '#tests/support/settled-edge.ts'
import { bill, reported } from '#tests/support/usage.ts'

const terms = { collectsPayments: 'parent', financialChargeRate: new Decimal(3), partnerFee: new Decimal(10) } as const

let edge: SettledEdge
let paymentId: string
beforeEach(async () => {
  edge = await buildSettledEdge()
  await agree(edge, terms)
  setClock(fixedClock('2026-06-30T20:00:00Z'))
  await bill(edge.provider, [reported({ quantity: '700000000000' })])
  const invoiceId = await invoiceCustomer(edge)
  ;({ paymentId } = await customerPays(edge, { invoiceId, cents: 10_000n, isTakenByParent: true }))
})
afterEach(async () => {
  expect(await disagreements(edge)).toBe(0)
  setClock()
})

const held = () => balances(edge.provider, 'bank', 'payable-to-child', 'revenue.financial-charge')

test('100.00 that the parent took are the child’s, less 3.00 for collecting, in both books', async () => {
  expect(await held()).toEqual({ bank: 10_000, 'payable-to-child': -9_700, 'revenue.financial-charge': -300 })
  expect(await balances(edge.reseller, 'receivable-from-parent', 'gateway-fees')).toEqual({
    'receivable-from-parent': 9_700,
    'gateway-fees': 300,
  })
})

test('70.00 of purchases and a fee of 10.00 make an invoice of 80.00; 97.00 cover it and 17.00 are paid out', async () => {
  await billMonth(edge.provider.tenantId, '2026-06', '2026-07-02T06:00:00Z')
  const [payout] = await payOut(edge, '2026-07-05')
  expect(payout).toMatchObject({ releasedMinor: 9_700n, offsetMinor: 8_000n, payoutMinor: 1_700n, reserveMinor: 0n, state: 'made' })
  const [invoice] = await invoicesOf(edge.provider.tenantId)
  expect(invoice).toMatchObject({ net: { minor: 8_000n }, total: { minor: 8_000n }, status: 'paid' })

  await bankPays(edge, payout)
  expect(await balances(edge.provider, 'payable-to-child', 'receivable', 'bank')).toEqual({ bank: 8_300 })
  expect(await balances(edge.reseller, 'receivable-from-parent', 'payable-to-parent', 'bank')).toEqual({ bank: 1_700 })
})

test('a payment that is returned takes its payout back: the next one is less by it', async () => {
  const [payout] = await payOut(edge, '2026-07-05')
  await bankPays(edge, payout)
  const back = { paymentId, reason: 'Chargeback', sourceKey: 'chargeback-1' }
  await asOffice(edge.reseller.tenantId, (ctx) => returnPayment(ctx, back))
  await count(edge, paymentId)
  expect(await payOut(edge, '2026-08-25')).toEqual([])
  expect(await held()).toEqual({ bank: -9_700, 'payable-to-child': 9_700 })
})

test('a refund of a part brings back its part of the charge', async () => {
  const refund = { paymentId, reason: 'Goodwill', sourceKey: 'refund-1' }
  const { tenantId } = edge.reseller
  const returned = await asOffice(tenantId, (ctx) => returnPayment(ctx, { ...refund, amount: { minor: 5_000n, currency: 'EUR' } }))
  expect(returned.ok).toBe(true)
  await count(edge, paymentId)
  expect(await held()).toEqual({ bank: 5_000, 'payable-to-child': -4_850, 'revenue.financial-charge': -150 })
})

test('a day has one run, and running it again pays nothing', async () => {
  const first = await payOut(edge, '2026-07-05')
  expect(first).toHaveLength(1)
  expect((await payOut(edge, '2026-07-05')).map(({ id }) => id)).toEqual(first.map(({ id }) => id))
  expect(await payOut(edge, '2026-07-06')).toEqual([])
})

test('above the seller’s limit whoever opened the run cannot let it pay', async () => {
  const { tenantId } = edge.provider
  await asOffice(tenantId, ({ db, now }) =>
    db.billingSettings.createMany({
      data: [{ tenantId, approvalAbove: { EUR: '5000' }, changedPercent: 30, wildPercent: 200, wildSharePercent: 20, changedAt: now }],
    }),
  )
  const run = await asOffice(tenantId, (ctx) => openPayoutRun(ctx, { through: '2026-07-01' }))
  if (!run.ok) throw new Error(run.error)
  expect(run.value.isAboveLimit).toBe(true)
  const approved = await asOffice(tenantId, (ctx) => approvePayoutRun(ctx, { runId: run.value.id }))
  expect(approved).toEqual({ ok: false, error: 'second-person-needed' })
})

test('a payable that nobody counted is found', async () => {
  const { tenantId, accountId } = edge.provider
  const postings = postingsOfCollected({
    childAccountId: accountId,
    at: bank,
    amount: money(100n, 'EUR'),
    financialCharge: money(0n, 'EUR'),
  })
  const entry = { sourceKey: 'planted', kind: 'settlement' as const, accountId, invoiceId: null }
  await asOffice(tenantId, (ctx) => postEntry(ctx, { ...entry, postings }))
  expect(await disagreements(edge)).toBe(1)
  await asOffice(tenantId, (ctx) => postEntry(ctx, { ...entry, sourceKey: 'taken back', postings: reversalOf(postings) }))
})
