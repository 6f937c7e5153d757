import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { inPanel } from '#app/db/context.server.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { documentsIssued } from '#app/reports/invoice-archive/query.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { archiveResponse } from '#app/web/answers/document-archive.server.ts'
import { asOffice, buildAccount } from '#tests/support/builders.ts'
import { scratchFiles } from '#tests/support/deliveries.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

scratchFiles()
const range = { from: '2026-07-01', to: '2099-12-31' }

async function filesOf(tenantId: string, asked = range): Promise<Record<string, string>> {
  const pageAfter = (afterId: string | null) => asOffice(tenantId, (ctx) => documentsIssued(ctx, asked, afterId))
  const zip = await archiveResponse({ range: asked, language: 'en', pageAfter }).arrayBuffer()
  return Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(zip))).map(([name, content]) => [name, Buffer.from(content).toString('utf8')]),
  )
}

test('the documents of a period come as one file; what is missing is named in its report', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const note = await creditAmount(tenantId, invoice.id, 100n)
  const process = processOf(tenantId, deliveryPorts(tenantId))
  await storeInvoicePdf(process, { invoiceId: invoice.id })
  await asOffice(tenantId, ({ db }) =>
    db.document.createMany({
      data: [
        {
          tenantId,
          id: '019f0000-0000-7000-8000-000000000001',
          accountId: note.ok ? invoice.accountId : '',
          invoiceId: note.ok ? note.value.creditNoteId : '',
          format: 'pdf',
          fileKey: `invoices/${tenantId}/lost.pdf`,
          sha256: 'x',
          sizeBytes: 1,
          createdAt: new Date(),
        },
      ],
    }),
  )

  const files = await filesOf(tenantId)
  expect(Object.keys(files)).toEqual([`${invoice.number}.pdf`, `${invoice.number}.xml`, 'report.csv'])
  expect(files[`${invoice.number}.pdf`]).toMatch(/^%PDF-/)
  expect(files['report.csv']?.split('\r\n').slice(1, 5)).toEqual([
    `${invoice.number},Invoice,${invoice.number}.pdf,included`,
    `${invoice.number},Invoice,${invoice.number}.xml,included`,
    expect.stringMatching(/,Credit note,.*\.pdf,missing in the store$/),
    expect.stringMatching(/,Credit note,.*\.xml,not made$/),
  ])
})

test('a period without documents is a report without lines, and a customer finds its own documents alone', async () => {
  const { tenantId, accountId, invoice } = await sellerWithInvoice()
  expect(Object.keys(await filesOf(tenantId, { from: '2020-01-01', to: '2020-12-31' }))).toEqual(['report.csv'])
  const stranger = await buildAccount(tenantId)
  const seen = (id: string) => inPanel(tenantId, [id], (ctx) => documentsIssued(ctx, range, null))
  expect((await seen(accountId)).map(({ number }) => number)).toEqual([invoice.number])
  expect(await seen(stranger)).toEqual([])
})
