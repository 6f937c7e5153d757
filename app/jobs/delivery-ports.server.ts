import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { DeliveryPorts } from '#app/services/invoices/deliver-invoice.server.ts'
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

/** What delivering an invoice needs of the outside, with the seller's brand and the mail template put together. */
export function deliveryPorts(): DeliveryPorts {
  const composer = {
    document: async (invoice: FinalisedInvoice) => pageOfInvoice(invoice),
    electronic: async (invoice: FinalisedInvoice) => electronicOfInvoice(invoice),
    mail: composeMail,
  }
  return { renderer: documentRenderer(), eInvoices: eInvoiceWriter, files: fileStore(), mailer: mailer(), composer }
}

async function composeMail(invoice: FinalisedInvoice) {
  const host = await storeHostOf(invoice.seller.tenantId)
  return { ...senderOf(invoice.seller.slug), ...(await renderInvoiceMail(mailOfInvoice(invoice, host))) }
}
