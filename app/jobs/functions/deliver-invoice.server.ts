import { NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { openDeliveries } from '#app/services/invoices/deliver-open.server.ts'
import { type StoreDocumentError, storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { deliveryPorts } from '../delivery-ports.server.ts'
import { on } from '../events.ts'

/** Makes and keeps the files of a finalised document, then opens its deliveries: one for each recipient, each sent by a run of its own. */
export const deliverInvoice = inngest.createFunction(
  {
    id: 'invoices.deliver',
    triggers: [on('invoice/finalised')],
    retries: 8,
    idempotency: 'event.data.invoiceId',
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    const process = processOf(data.tenantId, deliveryPorts(data.tenantId), systemActor('invoice delivery'))
    await step.run('store-pdf', async () => known(await storeInvoicePdf(process, data)))
    await step.run('open-deliveries', async () => known(await process.inTenant((ctx) => openDeliveries(ctx, data))))
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
