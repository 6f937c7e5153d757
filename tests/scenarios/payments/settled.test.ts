import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { settledOtherwise, unappliedOtherwise } from '#app/db/invariants/settled.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { postingsOfPayment } from '#app/domain/ledger/rules.ts'
import { postEntry } from '#app/services/ledger/post-entry.server.ts'
import { applyCredit } from '#app/services/payments/apply-credit.server.ts'
import { takeBackAllocation } from '#app/services/payments/take-back-allocation.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { allocate, eur, receive } from '#tests/support/payments.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>

// Of 40.34, 5.00 are credited at once; 35.30 are paid and 0.04 forgiven. Then the payment is taken back and 10.00 are credited and used.
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const { tenantId, accountId, invoice } = seller
  await creditAmount(tenantId, invoice.id, 500n)
  const payment = await receive(tenantId, accountId, 5000n, { receivedOn: '2026-07-01' })
  const paid = await allocate(tenantId, payment.id, invoice.id, 3530n, 4n)
  const credited = await creditAmount(tenantId, invoice.id, 1000n)
  await asOffice(tenantId, (ctx) => takeBackAllocation(ctx, { allocationId: paid.ok ? paid.value.id : '', reason: 'Bounced' }))
  const creditNoteId = credited.ok ? credited.value.creditNoteId : ''
  await asOffice(tenantId, (ctx) => applyCredit(ctx, { creditNoteId, invoiceId: invoice.id, amount: eur(900n) }))
})
afterEach(() => setClock())

const violations = (check: typeof settledOtherwise) => asOffice(seller.tenantId, async (ctx) => (await check(ctx)).ids)

test('what settled an invoice adds up to what it says, and what is left of payments to the books', async () => {
  expect(await violations(settledOtherwise)).toEqual([])
  expect(await violations(unappliedOtherwise)).toEqual([])
})

test('a cent that nobody paid is found', async () => {
  await asOffice(seller.tenantId, ({ db }) =>
    db.invoiceState.updateMany({ where: { invoiceId: seller.invoice.id }, data: { paidMinor: 1401n } }),
  )
  expect(await violations(settledOtherwise)).toEqual([seller.invoice.number])
})

test('money in the books that no payment brought is found', async () => {
  const { tenantId, accountId } = seller
  const postings = postingsOfPayment({ accountId, at: bank, amount: eur(1n) })
  await asOffice(tenantId, (ctx) => postEntry(ctx, { sourceKey: 'payment:x', kind: 'payment', accountId, invoiceId: null, postings }))
  expect(await violations(unappliedOtherwise)).toEqual([`${accountId} EUR`])
})
