import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { applyCredit, takeBackCredit } from '#app/services/payments/apply-credit.server.ts'
import { takeBackAllocation } from '#app/services/payments/take-back-allocation.server.ts'
import { invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { allocate, booksOf, eur, receive, stateOf } from '#tests/support/payments.ts'

afterEach(() => setClock())

/** An invoice of 40.34 that was paid, then credited by 11.90: the credit settled nothing. */
async function sellerWithCredit() {
  const seller = await sellerWithInvoice()
  const payment = await receive(seller.tenantId, seller.accountId, 4034n, { receivedOn: '2026-07-01' })
  const paid = await allocate(seller.tenantId, payment.id, seller.invoice.id, 4034n)
  const credited = await creditAmount(seller.tenantId, seller.invoice.id, 1190n)
  if (!paid.ok || !credited.ok) throw new Error('the invoice is not paid and credited')
  return { ...seller, paymentId: payment.id, allocationId: paid.value.id, creditNoteId: credited.value.creditNoteId }
}

const use = (tenantId: string, creditNoteId: string, invoiceId: string, minor: bigint) =>
  asOffice(tenantId, (ctx) => applyCredit(ctx, { creditNoteId, invoiceId, amount: eur(minor) }))

test('what is left of a credit note settles an invoice that is open again, and the books stay as they are', async () => {
  const { tenantId, paymentId, allocationId, creditNoteId, invoice } = await sellerWithCredit()
  expect(await use(tenantId, creditNoteId, invoice.id, 1190n)).toEqual({ ok: false, error: 'invoice-not-payable' })

  await asOffice(tenantId, (ctx) => takeBackAllocation(ctx, { allocationId, reason: 'Credited instead' }))
  await allocate(tenantId, paymentId, invoice.id, 3000n)
  const before = await booksOf(tenantId)
  expect(await use(tenantId, creditNoteId, invoice.id, 1191n)).toEqual({ ok: false, error: 'more-than-credit' })
  expect(await use(tenantId, creditNoteId, invoice.id, 1034n)).toEqual({ ok: true, value: undefined })
  expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'paid', paid: 4034n })
  expect(await stateOf(tenantId, creditNoteId)).toEqual({ status: 'issued', paid: 1034n })
  expect(await booksOf(tenantId)).toEqual(before)

  const [row] = await asOffice(tenantId, ({ db }) => db.creditUse.findMany())
  const takeBack = () => asOffice(tenantId, (ctx) => takeBackCredit(ctx, { creditUseId: row?.id ?? '', reason: 'Meant for July' }))
  expect(await Promise.all([takeBack(), takeBack()])).toEqual(Array(2).fill({ ok: true, value: undefined }))
  expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'partly-paid', paid: 3000n })
  expect(await stateOf(tenantId, creditNoteId)).toEqual({ status: 'issued', paid: 0n })
})

test('twenty uses of 2.00 at once take ten times what a credit of 20.00 holds and no more', async () => {
  const { tenantId, invoice, accountId } = await sellerWithInvoice()
  const payment = await receive(tenantId, accountId, 4034n, { receivedOn: '2026-07-01' })
  const paid = await allocate(tenantId, payment.id, invoice.id, 4034n)
  const credited = await creditAmount(tenantId, invoice.id, 2000n)
  await asOffice(tenantId, (ctx) => takeBackAllocation(ctx, { allocationId: paid.ok ? paid.value.id : '', reason: 'Bounced' }))
  const creditNoteId = credited.ok ? credited.value.creditNoteId : ''

  const answers = await Promise.all(Array.from({ length: 20 }, () => use(tenantId, creditNoteId, invoice.id, 200n)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(10)
  expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'partly-paid', paid: 2000n })
})

test('an invoice is no credit', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const [only] = await invoicesOf(tenantId)
  expect(await use(tenantId, only?.id ?? '', invoice.id, 100n)).toEqual({ ok: false, error: 'credit-not-usable' })
})
