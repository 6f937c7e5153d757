import { createHmac } from 'node:crypto'
import { appSecret } from '#app/config/env.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { SendingPorts } from '#app/services/invoices/deliver-send.server.ts'
import type { StoringPorts } from '#app/services/invoices/deliver-store-document.server.ts'
import { storeHostOf } from '#app/services/invoices/store-host.server.ts'
import {
  documentRenderer,
  eInvoiceWriter,
  electronicOfInvoice,
  fileStore,
  mailer,
  mailOfInvoice,
  pageOfInvoice,
  senderOf,
} from '#app/wiring.server.ts'
import { renderInvoiceMail } from '#emails/invoice.tsx'

type MailReader = Parameters<SendingPorts['composer']['mail']>[1]

/** What delivering a seller's documents needs of the outside, with its brand and the mail template put together. */
export function deliveryPorts(tenantId: string): StoringPorts & SendingPorts {
  const composer = {
    document: async (invoice: FinalisedInvoice) => pageOfInvoice(invoice),
    electronic: async (invoice: FinalisedInvoice) => electronicOfInvoice(invoice),
    mail: composeMail,
  }
  // The secret follows from the delivery and the installation's own, so that none stands in an event, a step or a row.
  const linkToken = (deliveryId: string) =>
    createHmac('sha256', appSecret()).update(`document link/${tenantId}/${deliveryId}`).digest('base64url')
  return { renderer: documentRenderer(), eInvoices: eInvoiceWriter, files: fileStore(), mailer: mailer(), composer, linkToken }
}

async function composeMail(invoice: FinalisedInvoice, reader: MailReader) {
  const props = await mailOfInvoice(invoice, { host: await storeHostOf(invoice.seller.tenantId), reader })
  return { ...(await senderOf(invoice.seller.slug)), ...(await renderInvoiceMail(props)), language: props.language }
}
