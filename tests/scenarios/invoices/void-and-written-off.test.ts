import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { markUncollectible } from '#app/services/invoices/mark-uncollectible.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const balances = async (tenantId: string) =>
  Object.fromEntries((await asOffice(tenantId, trialBalance)).map(({ code, balance }) => [code, balance.minor]))
const status = async (tenantId: string, id: string) => (await asOffice(tenantId, (ctx) => readInvoice(ctx, id)))?.status

test('a void invoice keeps its number, owes nothing, and its charges are on the next one', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const voiding = () => asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong buyer' }))
  expect(await voiding()).toEqual({ ok: true, value: undefined })
  expect(await voiding()).toEqual({ ok: true, value: undefined })
  expect(await balances(tenantId)).toEqual({ receivable: 0n, 'revenue.usage': 0n, 'tax-payable.S.19': 0n })

  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
  expect((await invoicesOf(tenantId)).map(({ number, status, total }) => [number, status, total.minor])).toEqual([
    ['MG-2026-00001', 'void', 4034n],
    ['MG-2026-00002', 'open', 4034n],
  ])
})

test('what nobody will pay is a bad debt, and its tax comes back', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  await creditAmount(tenantId, invoice.id, 1000n)
  const given = { invoiceId: invoice.id, reason: 'Insolvent', isTaxCorrected: true }
  expect(await asOffice(tenantId, (ctx) => markUncollectible(ctx, given))).toEqual({ ok: true, value: undefined })

  expect(await status(tenantId, invoice.id)).toBe('uncollectible')
  expect(await balances(tenantId)).toEqual({
    'bad-debt': 2550n,
    receivable: 0n,
    'revenue.credit': 840n,
    'revenue.usage': -3390n,
    'tax-payable.S.19': 0n,
  })
  expect(await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: invoice.id, reason: 'No' }))).toMatchObject({ ok: false })
  expect(await creditAmount(tenantId, invoice.id, 100n)).toEqual({ ok: false, error: 'invoice-not-creditable' })
})

test('an open invoice is overdue on the day after it was due, in the seller’s zone', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  expect(invoice.dueDate).toBe('2026-07-15')
  setClock(fixedClock('2026-07-15T21:59:00Z'))
  expect(await status(tenantId, invoice.id)).toBe('open')
  setClock(fixedClock('2026-07-15T22:00:00Z'))
  expect(await status(tenantId, invoice.id)).toBe('overdue')
})
