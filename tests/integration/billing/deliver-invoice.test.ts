import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import { readInvoice, readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { openDeliveries } from '#app/services/invoices/deliver-open.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { deliverDocument, keepingMailer, postProcess, scratchFiles } from '#tests/support/deliveries.ts'
import { wearShippedBrand } from '#tests/support/shipped-brand.ts'

const files = scratchFiles()
afterEach(() => setClock())

async function finalisedInvoice() {
  const tenantId = await buildTenant({
    slug: 'ahorn',
    legalName: 'Ahorn Hosting GmbH',
    country: 'AT',
    timeZone: 'Europe/Vienna',
    vatId: 'ATU12345675',
    numberPrefix: 'AH',
  })
  await wearShippedBrand(tenantId, 'ahorn')
  const accountId = await buildAccount(tenantId, { name: 'Café Linde e.U.', country: 'AT', email: 'linde@linde.example' })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '0.15', meter: 'traffic.sent', included: '100' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  await buildCharges(tenantId, [
    {
      accountId,
      contractId,
      priceVersionId: book.priceVersionId,
      priceRuleId: book.ruleIds[0] ?? '',
      billingPeriod: '2026-06-01',
      quantity: '160',
      included: '100',
      billed: '60',
      unitPrice: '0.15',
      amount: '9',
      resourceName: 'linde-01',
    },
  ])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  return { tenantId, invoiceId: invoice?.id ?? '' }
}

test('an invoice reaches its payer once as mail with its PDF, however often it is delivered', async () => {
  const { tenantId, invoiceId } = await finalisedInvoice()
  const { mails, mailer, state } = keepingMailer()
  const post = { mailer, files: files.store() }

  await deliverDocument(tenantId, invoiceId, post)
  await deliverDocument(tenantId, invoiceId, post)

  expect(state.handedOver).toBe(1)
  const [mail] = mails.values()
  expect([mail?.key, mail?.to]).toEqual([
    `invoice:${invoiceId}:linde@linde.example`,
    [{ name: 'Café Linde e.U.', address: 'linde@linde.example' }],
  ])
  expect(mail?.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([['AH-2026-00001.pdf', 'application/pdf']])
  expect(mail?.from).toEqual({ name: 'Ahorn Hosting', address: 'buchhaltung@ahorn.example' })
  expect(mail?.subject).toContain('AH-2026-00001')
  expect(mail?.text).toContain(`http://${tenantId}.localhost:4000/panel/invoices/${invoiceId}`)
  expect(`${mail?.html}${mail?.text}`).not.toContain('Meridian')
  expect(
    Buffer.from(mail?.attachments[0]?.content ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  const detail = await asOffice(tenantId, (ctx) => readInvoice(ctx, invoiceId))
  expect(detail?.deliveries.map(({ recipient, state: delivered }) => [recipient, delivered])).toEqual([['linde@linde.example', 'accepted']])
  expect(await asOffice(tenantId, (ctx) => readInvoicePdf(ctx, invoiceId))).toEqual({
    fileKey: `invoices/${tenantId}/${invoiceId}.pdf`,
    filename: 'AH-2026-00001.pdf',
  })
})

test('a mail whose answer was lost is sent again under the same key', async () => {
  const { tenantId, invoiceId } = await finalisedInvoice()
  const { mails, mailer, state } = keepingMailer()
  state.losesAnswers = 1
  const post = { mailer, files: files.store() }

  await expect(deliverDocument(tenantId, invoiceId, post)).rejects.toThrow('the answer was lost')
  await deliverDocument(tenantId, invoiceId, post)

  expect([state.handedOver, mails.size]).toEqual([2, 1])
})

test('the delivery is noted before anything leaves', async () => {
  const { tenantId, invoiceId } = await finalisedInvoice()
  expect(await asOffice(tenantId, (ctx) => openDeliveries(ctx, { invoiceId }))).toMatchObject({ ok: true, value: [expect.any(String)] })
  const detail = await asOffice(tenantId, (ctx) => readInvoice(ctx, invoiceId))
  expect(detail?.deliveries.map((delivery) => delivery.state)).toEqual(['sending'])
})

test('a PDF made again after a crash has the same bytes', async () => {
  const { tenantId, invoiceId } = await finalisedInvoice()
  const stored: Uint8Array[] = []
  const crashing: FileStore = {
    get: async () => undefined,
    async put(_, content) {
      stored.push(content)
      if (stored.length === 1) throw new Error('the process died here')
    },
  }
  const process = postProcess(tenantId, { mailer: keepingMailer().mailer, files: crashing })

  await expect(storeInvoicePdf(process, { invoiceId })).rejects.toThrow('the process died here')
  await storeInvoicePdf(process, { invoiceId })

  expect(Buffer.from(stored[0] ?? []).equals(Buffer.from(stored[1] ?? []))).toBe(true)
})

test('an invoice of another seller is not found', async () => {
  const { invoiceId } = await finalisedInvoice()
  const other = await buildTenant()
  const process = postProcess(other, { mailer: keepingMailer().mailer, files: files.store() })
  expect(await storeInvoicePdf(process, { invoiceId })).toEqual({ ok: false, error: 'invoice-not-found' })
  expect(await asOffice(other, (ctx) => openDeliveries(ctx, { invoiceId }))).toEqual({ ok: false, error: 'invoice-not-found' })
})
