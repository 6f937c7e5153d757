import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { waitingSales } from '#app/db/settlement/payouts.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { PayoutRule, type StoredRule } from '#app/domain/settlement/payout-rule.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { holdSale } from '#app/services/payouts/hold-sale.server.ts'
import { electronicOfInvoice } from '#app/wiring.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bankPays, payOut } from '#tests/support/payouts.ts'
import { disagreements } from '#tests/support/settled-books.ts'
import { agree, balances, buildSettledEdge, count, customerPays, invoiceCustomer, type SettledEdge } from '#tests/support/settled-edge.ts'

const share = { pricing: 'revenue-share', collectsPayments: 'parent', isSelfBilled: true } as const
const rule = (stored: StoredRule) => ({ payoutRule: PayoutRule.parse(stored) })
const percent = rule({ kind: 'percent', percent: '20' })

let edge: SettledEdge
beforeEach(async () => {
  edge = await buildSettledEdge()
})
afterEach(async () => {
  expect(await disagreements(edge)).toBe(0)
  setClock()
})

/** The customer pays all of its invoice of June, 100.00 and 20.00 VAT, to the parent. */
async function sold(changes: Partial<SettlementSettings>): Promise<string> {
  await agree(edge, { ...share, ...changes })
  const invoiceId = await invoiceCustomer(edge)
  return (await customerPays(edge, { invoiceId, cents: 12_000n, isTakenByParent: true })).paymentId
}

test.each<[string, StoredRule, bigint]>([
  ['5.00', { kind: 'fixed', fixed: '5' }, 500n],
  ['30.00', { kind: 'difference' }, 3_000n],
  ['20.00', { kind: 'percent', percent: '20' }, 2_000n],
  ['15.00', { kind: 'percent-of-difference', percent: '50' }, 1_500n],
  ['75.00', { kind: 'parent-percent-and-fixed', percent: '20', fixed: '5' }, 7_500n],
  ['44.00', { kind: 'parent-percent-of-price', percent: '80' }, 4_400n],
  ['25.00', { kind: 'child-percent-and-fixed', percent: '20', fixed: '5' }, 2_500n],
  [
    '5.00 by product',
    { kind: 'per-product', byProduct: { 'web-1': { kind: 'fixed', fixed: '5' } }, otherwise: { kind: 'difference' } },
    500n,
  ],
])('of 100.00 sold at a price of 70.00 the child gets %s, and the VAT of its document', async (_, stored, cents) => {
  await sold(rule(stored))
  const [payout] = await payOut(edge, '2026-07-05')
  expect(payout).toMatchObject({ releasedMinor: cents + 2_000n, payoutMinor: cents + 2_000n, taxMinor: 0n })
})

test('the share is a self-billed document of type 389 in a series of its own, the child as its seller', async () => {
  await sold(percent)
  const [payout] = await payOut(edge, '2026-07-05')
  const stored = await asOffice(edge.provider.tenantId, (ctx) => readFinalisedInvoice(ctx, payout?.invoiceId ?? ''))
  if (!stored) throw new Error('there is no document')
  expect(stored.invoice).toMatchObject({ documentType: 'self-billed', net: { minor: 2_000n }, total: { minor: 2_000n } })
  expect(stored.invoice.number).toBe('MG-SB-2026-00001')
  const machine = await electronicOfInvoice(stored.invoice)
  expect(machine).toMatchObject({ typeCode: '389', seller: { name: 'Ahorn Hosting GmbH' }, buyer: { name: 'Meridian Grid GmbH' } })
})

test('once it is paid nothing stands between the two, in either book', async () => {
  await sold(percent)
  const [payout] = await payOut(edge, '2026-07-05')
  await bankPays(edge, payout)
  expect(await balances(edge.provider, 'payable-to-child', 'bank', 'revenue.item', 'purchases')).toEqual({
    bank: 8_000,
    'revenue.item': -10_000,
    purchases: 2_000,
  })
  expect(await balances(edge.reseller, 'receivable-from-parent', 'bank', 'purchases')).toEqual({ bank: 4_000, purchases: 8_000 })
})

test('paid in a month that both have closed, it is booked today', async () => {
  await sold(percent)
  const [payout] = await payOut(edge, '2026-08-02')
  for (const { tenantId } of [edge.provider, edge.reseller])
    await asOffice(tenantId, async (ctx) => {
      expect(await closePeriod(ctx, { month: '2026-07' })).toMatchObject({ ok: true })
    })
  await bankPays(edge, payout, '2026-07-31')
  expect(await balances(edge.provider, 'payable-to-child', 'bank')).toEqual({ bank: 8_000 })
  expect(await balances(edge.reseller, 'receivable-from-parent', 'bank')).toEqual({ bank: 4_000 })
})

test('a sale below the parent’s price is a debit that waits for later shares', async () => {
  edge = await buildSettledEdge({ sell: '60' })
  await agree(edge, { ...share, ...rule({ kind: 'difference' }) })
  const invoiceId = await invoiceCustomer(edge)
  await customerPays(edge, { invoiceId, cents: 7_200n, isTakenByParent: true })
  const { tenantId } = edge.provider
  const [item] = await asOffice(tenantId, ({ db }) => db.settlementItem.findMany({ where: { tenantId, kind: 'share' }, take: 5 }))
  expect(item?.amountMinor).toBe(-1_000n)
})

test('held for 30 days, the share is paid out after them and not before', async () => {
  await sold({ ...percent, holdDays: 30 })
  expect(await payOut(edge, '2026-07-30')).toEqual([])
  expect(await payOut(edge, '2026-07-31')).toMatchObject([{ payoutMinor: 4_000n }])
})

test('while its payment is disputed a share stays back, and comes with the next payout once it is won', async () => {
  await sold(percent)
  const { tenantId } = edge.provider
  const [sale] = await asOffice(tenantId, waitingSales)
  await asOffice(tenantId, (ctx) => holdSale(ctx, { saleId: sale?.saleId ?? '', reason: 'Disputed with the card company' }))
  expect(await payOut(edge, '2026-07-05')).toEqual([])
  await asOffice(tenantId, (ctx) => holdSale(ctx, { saleId: sale?.saleId ?? '', reason: null }))
  expect(await payOut(edge, '2026-07-06')).toMatchObject([{ payoutMinor: 4_000n }])
})

test('a chargeback before the payout leaves nothing to pay; after it, a debit', async () => {
  const paymentId = await sold({ ...percent, holdDays: 30 })
  await asOffice(edge.reseller.tenantId, (ctx) => returnPayment(ctx, { paymentId, reason: 'Chargeback', sourceKey: 'c-1' }))
  await count(edge, paymentId)
  expect(await payOut(edge, '2026-08-15')).toEqual([])
  const { tenantId } = edge.provider
  const items = await asOffice(tenantId, ({ db }) => db.settlementItem.findMany({ where: { tenantId }, orderBy: { id: 'asc' }, take: 10 }))
  expect(items.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`).sort()).toEqual([
    'share -2000',
    'share 2000',
    'tax -2000',
    'tax 2000',
  ])
  expect(await balances(edge.provider, 'payable-to-child', 'bank', 'revenue.item')).toEqual({})
})

test('a tenth stays in reserve and is freed on its day, with the next payout', async () => {
  await sold({ ...percent, reservePercent: new Decimal(10), reserveDays: 10 })
  const [first] = await payOut(edge, '2026-07-05')
  expect(first).toMatchObject({ releasedMinor: 4_000n, reserveMinor: 400n, payoutMinor: 3_600n, reserveUntil: '2026-07-15' })
  setClock(fixedClock('2026-07-15T08:00:00Z'))
  const [second] = await payOut(edge, '2026-07-15')
  expect(second).toMatchObject({ releasedMinor: 0n, freedMinor: 400n, payoutMinor: 400n })
})

test('on the same side of the border the document has VAT, which the payout carries', async () => {
  edge = await buildSettledEdge()
  const { tenantId, accountId } = edge.provider
  await asOffice(tenantId, ({ db }) =>
    db.account.updateMany({ where: { tenantId, id: accountId }, data: { country: 'DE', vatId: 'DE999999999', vatIdStatus: 'valid' } }),
  )
  await sold(percent)
  const [payout] = await payOut(edge, '2026-07-05')
  expect(payout).toMatchObject({ taxMinor: 380n, payoutMinor: 4_380n })
  await bankPays(edge, payout)
  expect(await balances(edge.provider, 'payable-to-child', 'input-tax.S.19')).toEqual({ 'input-tax.S.19': 380 })
  expect(await balances(edge.reseller, 'receivable-from-parent', 'tax-payable.S.19')).toEqual({ 'tax-payable.S.19': -380 })
})
