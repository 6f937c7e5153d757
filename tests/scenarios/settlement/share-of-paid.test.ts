import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { countPaidDocument } from '#app/services/settlement/count-paid-document.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import { agree, buildSettledEdge, count, customerPays, invoiceCustomer, off, type SettledEdge } from '#tests/support/settled-edge.ts'
import { bill, reported } from '#tests/support/usage.ts'
import { give, topUp } from '#tests/support/wallet.ts'

const terms = { pricing: 'discount-off-list', chargeTrigger: 'on-customer-payment', discounts: off('20') } as const

let edge: SettledEdge
let invoiceId: string
beforeEach(async () => {
  edge = await buildSettledEdge()
  await agree(edge, terms)
  invoiceId = await invoiceCustomer(edge)
})
afterEach(() => setClock())

function items() {
  const { tenantId } = edge.provider
  return asOffice(tenantId, async ({ db }) => {
    const rows = await db.settlementItem.findMany({ where: { tenantId }, orderBy: [{ createdAt: 'asc' }, { step: 'asc' }], take: 50 })
    return rows.map(({ kind, paidMinor, amountMinor }) => `${kind} ${paidMinor} ${amountMinor}`)
  })
}

/** The invoices of the provider once July is billed: net, tax and total. */
async function invoicedToReseller() {
  await billMonth(edge.provider.tenantId, '2026-07', '2026-08-01T06:00:00Z')
  return (await invoicesOf(edge.provider.tenantId)).map(amountsOf)
}

test('100.00 net that the customer paid are 80.00 owed at 20 % off, on the invoice of the month', async () => {
  await customerPays(edge, { invoiceId, cents: 12_000n })
  expect(await items()).toEqual(['payable 10000 8000'])
  expect(await invoicedToReseller()).toEqual([[8000n, 0n, 8000n]])
  const [invoice] = await invoicesOf(edge.provider.tenantId)
  const line = invoice?.sections[0]?.lines[0]
  expect(line).toMatchObject({ kind: 'item', net: { minor: 8000n } })
  expect(line?.subject.product?.de).toBe('Anteil an erhaltenen Kundenzahlungen (100.00 EUR)')
})

test('60.00 of 120.00 with tax are 50.00 net and 40.00 owed; what is left follows when it is paid', async () => {
  await customerPays(edge, { invoiceId, cents: 6000n })
  expect(await items()).toEqual(['payable 5000 4000'])
  await customerPays(edge, { invoiceId, cents: 6000n })
  expect(await items()).toEqual(['payable 5000 4000', 'payable 5000 4000'])
})

test('a chargeback takes its share back, and nothing is left to invoice', async () => {
  const { paymentId } = await customerPays(edge, { invoiceId, cents: 12_000n })
  const back = { paymentId, reason: 'Chargeback', sourceKey: 'chargeback-1' }
  const returned = await asOffice(edge.reseller.tenantId, (ctx) => returnPayment(ctx, back))
  expect(returned.ok).toBe(true)
  await count(edge, paymentId)
  expect(await items()).toEqual(['payable 10000 8000', 'payable -10000 -8000'])
  expect(await invoicedToReseller()).toEqual([])
})

test('balance that was paid ahead counts as paid when it settles the invoice; credit that was given does not', async () => {
  const { tenantId, accountId } = edge.reseller
  await give(tenantId, accountId, 3000n)
  await topUp(tenantId, accountId, 20_000n)
  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
  const settled = await asOffice(tenantId, ({ db }) =>
    db.outboxEvent.findMany({ where: { name: 'invoice/settled' }, select: { data: true } }),
  )
  expect(settled).toHaveLength(1)
  const { invoiceId: july } = settled.map(({ data }) => data as { invoiceId: string })[0] ?? { invoiceId: '' }
  for (const _ of [1, 2]) await countPaidDocument({ tenantId, invoiceId: july, actor: systemActor('settlement') })
  expect(await items()).toEqual(['payable 7500 6000'])

  await creditAmount(tenantId, july, 6000n)
  await countPaidDocument({ tenantId, invoiceId: july, actor: systemActor('settlement') })
  expect(await items()).toEqual(['payable 7500 6000', 'payable -5000 -4000'])
})

test('counting a payment again counts nothing', async () => {
  const { paymentId } = await customerPays(edge, { invoiceId, cents: 6000n })
  await Promise.all([count(edge, paymentId), count(edge, paymentId)])
  expect(await items()).toEqual(['payable 5000 4000'])
})

test('usage under these terms is rated to be seen, and on no invoice', async () => {
  setClock(fixedClock('2026-08-01T05:00:00Z'))
  const july = { windowStart: new Date('2026-07-10T00:00:00Z'), windowEnd: new Date('2026-07-11T00:00:00Z') }
  await bill(edge.provider, [reported({ quantity: '500000000000', ...july })])
  const { tenantId } = edge.provider
  const [charge] = await asOffice(tenantId, ({ db }) => db.charge.findMany({ where: { tenantId }, select: { amount: true }, take: 1 }))
  expect(charge?.amount.toFixed(2)).toBe('50.00')
  expect(await invoicedToReseller()).toEqual([])
})

test('no name of the customer and no number of its documents reaches the parent', async () => {
  await customerPays(edge, { invoiceId, cents: 12_000n })
  await invoicedToReseller()
  const { tenantId } = edge.provider
  const rows = await asOffice(tenantId, async ({ db }) => [
    await db.settlementSale.findMany({ where: { tenantId }, take: 50 }),
    await db.settlementItem.findMany({ where: { tenantId }, take: 50 }),
    await db.invoiceLine.findMany({ where: { tenantId }, take: 50 }),
  ])
  const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  expect(text).not.toContain('Linde')
  expect(text).not.toContain('AH-2026')
})
