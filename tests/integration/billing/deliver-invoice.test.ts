import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'
import { setClock } from '#app/config/clock.server.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import type { FileStore } from '#app/ports/file-store.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { readInvoice, readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import {
  type DeliveryPorts,
  deliverInvoice,
  openInvoiceDelivery,
  sendInvoiceMail,
  storeInvoicePdf,
} from '#app/services/invoices/deliver-invoice.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livery-files-'))
})
afterAll(async () => {
  await closeAdapters()
  await rm(folder, { recursive: true, force: true })
})
afterEach(() => setClock())

/** A mail transport that keeps what it was given, one mail per key, and can lose its answers. */
function keepingMailer() {
  const mails = new Map<string, Mail>()
  const state = { handedOver: 0, losesAnswers: 0 }
  const mailer: Mailer = {
    async send(mail) {
      state.handedOver += 1
      if (!mails.has(mail.key)) mails.set(mail.key, mail)
      if (state.losesAnswers > 0) {
        state.losesAnswers -= 1
        throw new Error('the answer was lost')
      }
      return { messageId: `message-${mails.size}` }
    },
  }
  return { mails, mailer, state }
}

function portsWith(mailer: Mailer, files: FileStore = createDiskFileStore({ root: folder })): DeliveryPorts {
  return { ...deliveryPorts(), files, mailer }
}

async function finalisedInvoice() {
  const tenantId = await buildTenant({
    slug: 'ahorn',
    legalName: 'Ahorn Hosting GmbH',
    country: 'AT',
    timeZone: 'Europe/Vienna',
    vatId: 'ATU12345675',
    numberPrefix: 'AH',
  })
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
  const process = processOf(tenantId, portsWith(mailer))

  await deliverInvoice(process, { invoiceId })
  await deliverInvoice(process, { invoiceId })

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
  const process = processOf(tenantId, portsWith(mailer))

  await expect(deliverInvoice(process, { invoiceId })).rejects.toThrow('the answer was lost')
  await deliverInvoice(process, { invoiceId })

  expect([state.handedOver, mails.size]).toEqual([2, 1])
})

test('the delivery is noted before anything leaves', async () => {
  const { tenantId, invoiceId } = await finalisedInvoice()
  const process = processOf(tenantId, {})
  expect(await openInvoiceDelivery(process, { invoiceId })).toMatchObject({ ok: true, value: { isAccepted: false } })
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
  const process = processOf(tenantId, portsWith(keepingMailer().mailer, crashing))

  await expect(storeInvoicePdf(process, { invoiceId })).rejects.toThrow('the process died here')
  await storeInvoicePdf(process, { invoiceId })

  expect(Buffer.from(stored[0] ?? []).equals(Buffer.from(stored[1] ?? []))).toBe(true)
})

test('an invoice of another seller is not found', async () => {
  const { invoiceId } = await finalisedInvoice()
  const other = await buildTenant()
  const process = processOf(other, portsWith(keepingMailer().mailer))
  expect(await storeInvoicePdf(process, { invoiceId })).toEqual({ ok: false, error: 'invoice-not-found' })
  expect(await sendInvoiceMail(process, { invoiceId })).toEqual({ ok: false, error: 'invoice-not-found' })
})
