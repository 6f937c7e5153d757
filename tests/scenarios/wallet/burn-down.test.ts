import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { dueAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import { allocate, booksOf, receive, stateOf } from '#tests/support/payments.ts'
import { brokenBooks, give, grantsOf, topUp } from '#tests/support/wallet.ts'

afterEach(() => setClock())

/** A customer whose June comes to 100.00 net, 119.00 with the tax; May came to as much. */
async function customerWithUse() {
  setClock(fixedClock('2026-06-01T06:00:00Z'))
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'server.running' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const [priceRuleId = ''] = book.ruleIds
  const hours = { accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId, meter: 'server.running', unitPrice: '1' }
  await buildCharges(
    tenantId,
    ['2026-05-01', '2026-06-01'].map((billingPeriod) => ({ ...hours, billingPeriod, quantity: '100', amount: '100' })),
  )
  return { tenantId, accountId }
}

async function documentOf(tenantId: string, id: string) {
  const stored = await asOffice(tenantId, (ctx) => readFinalisedInvoice(ctx, id))
  if (!stored) throw new Error('there is no document')
  return stored.invoice
}

test('S13: of 119.00, a credit note of 20.00 and a balance of 50.00 leave 49.00 due, and the invoice says in which order', async () => {
  const { tenantId, accountId } = await customerWithUse()
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  const [may] = await invoicesOf(tenantId)
  const payment = await receive(tenantId, accountId, 11900n, { receivedOn: '2026-06-01' })
  await allocate(tenantId, payment.id, may?.id ?? '', 11900n)
  await creditAmount(tenantId, may?.id ?? '', 2000n)
  await topUp(tenantId, accountId, 5000n)

  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const june = (await invoicesOf(tenantId)).findLast(({ documentType }) => documentType === 'invoice')
  const invoice = await documentOf(tenantId, june?.id ?? '')
  expect(invoice.total.minor).toBe(11900n)
  expect(dueAtIssue(invoice).minor).toBe(4900n)
  expect(invoice.settlements?.map(({ kind, amount }) => `${kind} ${amount.minor}`)).toEqual(['credit-note 2000', 'balance 5000'])
  expect(await stateOf(tenantId, invoice.id)).toEqual({ status: 'partly-paid', paid: 7000n })
  expect(await grantsOf(tenantId)).toEqual(['top-up active 0'])
  expect((await booksOf(tenantId)).receivable).toBe(4900n)
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('credit for one product pays its lines and no others, from the day it is given for it', async () => {
  const { tenantId, accountId } = await customerWithUse()
  const productId = await buildProduct(tenantId, 'Backup')
  const { code } = await asOffice(tenantId, ({ db }) => db.product.findFirstOrThrow({ where: { id: productId }, select: { code: true } }))
  const { priceVersionId, priceRuleId, contractId } = await asOffice(tenantId, ({ db }) =>
    db.charge.findFirstOrThrow({ where: { accountId } }),
  )
  const backup = { accountId, contractId, priceVersionId, priceRuleId, productId, meter: 'backup.stored', amount: '10', unitPrice: '10' }
  await buildCharges(tenantId, [{ ...backup, billingPeriod: '2026-06-01' }])
  expect(await give(tenantId, accountId, 5000n, { scope: 'products' })).toEqual({ ok: false, error: 'products-missing' })
  expect(await give(tenantId, accountId, 5000n, { scope: 'products', productCodes: ['nothing'] })).toEqual({
    ok: false,
    error: 'product-unknown',
  })
  expect((await give(tenantId, accountId, 5000n, { scope: 'products', productCodes: [code] })).ok).toBe(true)
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const june = (await invoicesOf(tenantId)).findLast(({ documentType }) => documentType === 'invoice')
  const invoice = await documentOf(tenantId, june?.id ?? '')
  expect(invoice.settlements?.map(({ kind, amount }) => `${kind} ${amount.minor}`)).toEqual(['balance 1190'])
  expect(await grantsOf(tenantId)).toEqual(['promo active 3810'])
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('a balance above the invoice pays all of it; a credit note then fills the balance again, and a void invoice does', async () => {
  const { tenantId, accountId } = await customerWithUse()
  await give(tenantId, accountId, 3000n)
  await topUp(tenantId, accountId, 50000n)
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  const [may] = (await invoicesOf(tenantId)).filter(({ documentType }) => documentType === 'invoice')
  const id = may?.id ?? ''
  expect(await stateOf(tenantId, id)).toEqual({ status: 'paid', paid: 11900n })
  expect(await grantsOf(tenantId)).toEqual(['promo active 0', 'top-up active 41100'])

  await creditAmount(tenantId, id, 10000n)
  expect(await stateOf(tenantId, id)).toEqual({ status: 'paid', paid: 11900n })
  expect(await grantsOf(tenantId)).toEqual(['promo active 1100', 'top-up active 50000'])
  expect(await brokenBooks(tenantId)).toEqual([])

  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const june = (await invoicesOf(tenantId)).findLast(({ documentType }) => documentType === 'invoice')
  expect(await grantsOf(tenantId)).toEqual(['promo active 0', 'top-up active 39200'])
  expect(await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: june?.id ?? '', reason: 'Wrong buyer' }))).toEqual({
    ok: true,
    value: undefined,
  })
  expect(await grantsOf(tenantId)).toEqual(['promo active 1100', 'top-up active 50000'])
  expect((await booksOf(tenantId))['prepaid-balance']).toBe(-51100n)
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('credit for fees pays no usage', async () => {
  const { tenantId, accountId } = await customerWithUse()
  await give(tenantId, accountId, 3000n, { scope: 'fees' })
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  const [may] = await invoicesOf(tenantId)
  expect(await stateOf(tenantId, may?.id ?? '')).toEqual({ status: 'open', paid: 0n })
})
