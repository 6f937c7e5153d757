import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { money } from '#app/domain/money/money.ts'
import { listAgingDocuments, readAging } from '#app/reports/aging/query.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const on = (tenantId: string, asOf: string) => asOffice(tenantId, (ctx) => readAging(ctx, { asOf, currency: null, accountId: null }, 1))
const shown = ({ rows }: Awaited<ReturnType<typeof on>>) =>
  rows.map(({ notDue, days30, days60, days90, older, credit, total }) =>
    [notDue, days30, days60, days90, older, credit, total].map(({ minor }) => minor),
  )

/** An invoice of 40.34 of 1 July, due on 15 July; 10.00 credited on 20 July, 20.34 paid on 5 August. */
async function seller() {
  const made = await sellerWithInvoice()
  const { tenantId, accountId, invoice } = made
  setClock(fixedClock('2026-07-20T08:00:00Z'))
  await creditAmount(tenantId, invoice.id, 1000n)
  setClock(fixedClock('2026-08-05T08:00:00Z'))
  await asOffice(tenantId, async (ctx) => {
    const paid = await recordPayment(ctx, {
      accountId,
      method: 'transfer',
      at: bank,
      amount: money(2034n, 'EUR'),
      receivedOn: '2026-08-05',
      reference: null,
      payer: null,
      sourceKey: 'test:1',
    })
    if (!paid.ok) throw new Error(paid.error)
    const allocated = await allocatePayment(ctx, { paymentId: paid.value.id, invoiceId: invoice.id, amount: money(2034n, 'EUR') })
    if (!allocated.ok) throw new Error(allocated.error)
  })
  return made
}

test('a past day reads as it was: due, credited, paid in part, and then older and older', async () => {
  const { tenantId } = await seller()
  setClock(fixedClock('2027-01-01T08:00:00Z'))
  expect(shown(await on(tenantId, '2026-06-30'))).toEqual([])
  expect(shown(await on(tenantId, '2026-07-15'))).toEqual([[4034n, 0n, 0n, 0n, 0n, 0n, 4034n]])
  expect(shown(await on(tenantId, '2026-07-16'))).toEqual([[0n, 4034n, 0n, 0n, 0n, 0n, 4034n]])
  expect(shown(await on(tenantId, '2026-07-20'))).toEqual([[0n, 3034n, 0n, 0n, 0n, 0n, 3034n]])
  expect(shown(await on(tenantId, '2026-08-15'))).toEqual([[0n, 0n, 1000n, 0n, 0n, 0n, 1000n]])
  expect(shown(await on(tenantId, '2026-09-14'))).toEqual([[0n, 0n, 0n, 1000n, 0n, 0n, 1000n]])
  expect(shown(await on(tenantId, '2026-10-14'))).toEqual([[0n, 0n, 0n, 0n, 1000n, 0n, 1000n]])
})

test('on every day it comes to the receivables of the trial balance', async () => {
  const { tenantId } = await seller()
  for (const day of ['2026-07-01', '2026-07-20', '2026-08-05']) {
    const [balance] = (await asOffice(tenantId, (ctx) => trialBalance(ctx, day))).filter(({ code }) => code === 'receivable')
    expect([day, (await on(tenantId, day)).totals.map(({ total }) => total)]).toEqual([day, [balance?.balance]])
  }
})

test('a figure opens the documents behind it', async () => {
  const { tenantId, accountId, invoice } = await seller()
  const asked = { asOf: '2026-08-15', currency: 'EUR', accountId, bucket: 'days60', page: 1 } as const
  const { documents } = await asOffice(tenantId, (ctx) => listAgingDocuments(ctx, asked))
  expect(documents).toEqual([
    {
      accountId,
      name: 'Brandt Versand GmbH',
      invoiceId: invoice.id,
      number: 'MG-2026-00001',
      dueDate: '2026-07-15',
      bucket: 'days60',
      open: money(1000n, 'EUR'),
    },
  ])
  const none = await asOffice(tenantId, (ctx) => listAgingDocuments(ctx, { ...asked, bucket: 'older' }))
  expect(none).toEqual({ documents: [], count: 0 })
})
