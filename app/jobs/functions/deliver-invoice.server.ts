import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Result } from '#app/domain/shared/result.ts'
import {
  openInvoiceDelivery,
  recordInvoiceDelivery,
  type StoreDocumentError,
  sendInvoiceMail,
  storeInvoicePdf,
} from '#app/services/invoices/deliver-invoice.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { deliveryPorts } from '../delivery-ports.server.ts'
import { on } from '../events.ts'

/** Brings a finalised invoice to its payer: make and keep the PDF, note the delivery, send, note that it was taken. */
export const deliverInvoice = inngest.createFunction(
  {
    id: 'invoices.deliver',
    triggers: [on('invoice/finalised')],
    retries: 8,
    idempotency: 'event.data.invoiceId',
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, deliveryPorts(), systemActor('invoice delivery'))
    await step.run('store-pdf', async () => known(await storeInvoicePdf(process, data)))
    const delivery = await step.run('open-delivery', async () => known(await openInvoiceDelivery(process, data)))
    if (delivery.isAccepted) return

    // The mail's key is the delivery's: a step that runs again after a crash hands over the same mail.
    const sent = await step.run('send', async () => known(await sendInvoiceMail(process, data)))
    await step.run('record-delivery', () => recordInvoiceDelivery(process, { messageKey: delivery.messageKey, messageId: sent.messageId }))
  },
)

/** A parked document waits for staff, who find the reason with the invoice and then try the job again. */
function known<T>(result: Result<T, StoreDocumentError>): T {
  if (!result.ok)
    throw new NonRetriableError(
      result.error === 'document-parked' ? 'the document cannot be made as it should be' : 'the invoice is not there',
    )
  return result.value
}
