import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { money } from '#app/domain/money/money.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { readBankDetails } from '#app/reports/bank-details/query.server.ts'
import { readDocument, readDocumentProblems } from '#app/reports/invoice-files/query.server.ts'
import { readInvoiceUsage } from '#app/reports/invoice-usage/query.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { saveBankDetails } from '#app/services/tenancy/save-bank-details.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { closeAdapters, documentRenderer } from '#app/wiring.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { billed, sellerWithUsage } from '#tests/support/seller-with-usage.ts'

afterAll(() => closeAdapters())
afterEach(() => setClock())

const account = { holder: 'Ahorn Hosting GmbH', bankName: 'Musterbank', iban: 'AT61 1904 3002 3457 3201', bic: 'BKAUATWW', qrIban: '' }

describe('where a seller is paid', () => {
  test('stands on documents from the next one on, as it stood on their day', async () => {
    const tenantId = await sellerWithUsage()
    expect(await asOffice(tenantId, (ctx) => saveBankDetails(ctx, account))).toEqual({ ok: true })
    const invoiceId = await billed(tenantId)
    await asOffice(tenantId, (ctx) => saveBankDetails(ctx, { ...account, iban: 'DE89370400440532013000' }))

    const invoice = await asOffice(tenantId, (ctx) => readDocument(ctx, invoiceId))
    expect(invoice?.seller.bank?.iban).toBe('AT611904300234573201')
    expect((await asOffice(tenantId, readBankDetails))?.iban).toBe('DE89370400440532013000')
  })

  test('is refused with the field that is wrong, and kept as it was', async () => {
    const tenantId = await sellerWithUsage()
    await asOffice(tenantId, (ctx) => saveBankDetails(ctx, account))
    const refused = await asOffice(tenantId, (ctx) => saveBankDetails(ctx, { ...account, iban: 'AT62 1904 3002 3457 3201' }))
    expect(refused).toEqual({ ok: false, error: { field: 'iban', code: 'iban-wrong-check-digits' } })
    expect((await asOffice(tenantId, readBankDetails))?.iban).toBe('AT611904300234573201')
  })

  test('can be taken back', async () => {
    const tenantId = await sellerWithUsage()
    await asOffice(tenantId, (ctx) => saveBankDetails(ctx, account))
    await asOffice(tenantId, (ctx) => saveBankDetails(ctx, { holder: '', bankName: '', iban: '', bic: '', qrIban: '' }))
    expect(await asOffice(tenantId, readBankDetails)).toBeNull()
  })
})

test('a document whose figures disagree is parked: nothing is made, nothing leaves, and the office is told which rule', async () => {
  const tenantId = await sellerWithUsage()
  const invoiceId = await billed(tenantId)
  const ports = deliveryPorts(tenantId)
  const wrong = {
    ...ports.composer,
    electronic: (invoice: FinalisedInvoice) => ports.composer.electronic({ ...invoice, total: money(invoice.total.minor + 1n, 'EUR') }),
  }
  const broken = processOf(tenantId, { ...ports, composer: wrong })

  expect(await storeInvoicePdf(broken, { invoiceId })).toEqual({ ok: false, error: 'document-parked' })
  const problems = await asOffice(tenantId, (ctx) => readDocumentProblems(ctx, invoiceId))
  expect(problems).toEqual([{ problem: 'totals-disagree', detail: 'BR-CO-15', isParked: true }])

  // Mended and tried again, it leaves, and the problem is gone.
  expect((await storeInvoicePdf(processOf(tenantId, ports), { invoiceId })).ok).toBe(true)
  expect(await asOffice(tenantId, (ctx) => readDocumentProblems(ctx, invoiceId))).toEqual([])
})

test('an invoice that no font can write in full leaves, and the office is told', async () => {
  const tenantId = await sellerWithUsage()
  const invoiceId = await billed(tenantId)
  const ports = deliveryPorts(tenantId)
  const renderer = documentRenderer()
  const withEmoji: typeof renderer = {
    ...renderer,
    renderInvoice: (page, options) => renderer.renderInvoice({ ...page, notes: ['🙂'] }, options),
  }
  expect((await storeInvoicePdf(processOf(tenantId, { ...ports, renderer: withEmoji }), { invoiceId })).ok).toBe(true)
  expect(await asOffice(tenantId, (ctx) => readDocumentProblems(ctx, invoiceId))).toMatchObject([
    { problem: 'no-archive', isParked: false },
  ])
})

test('usage is read page by page, formulas are texts in the file', async () => {
  const tenantId = await sellerWithUsage()
  const invoiceId = await billed(tenantId)
  const page = await asOffice(tenantId, (ctx) => readInvoiceUsage(ctx, { invoiceId, afterId: null }))
  expect(page.rows).toEqual([
    [
      '=Linde',
      '+linde-01',
      'usage',
      'traffic.sent',
      expect.any(String),
      expect.any(String),
      '160',
      '100',
      '60',
      'GB',
      '0.15',
      '9',
      'EUR',
      '',
      '',
      '',
    ],
  ])
  expect(page.lastId).toBeNull()
})
