import type { TenantContext } from '#app/db/context.server.ts'
import { listRecipients, readPreference } from '#app/db/documents/delivery-recipients.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { openDelivery } from '#app/db/documents/mail-deliveries.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { plainAddress, type Recipient, type RecipientDocument, recipientDocumentOf } from '#app/domain/delivery/recipients.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type OpenDeliveriesInput = { readonly invoiceId: string }

/**
 * Notes, before anything leaves, that a document is on its way to each of its recipients; one event for each lets it go. A repeat opens
 * nothing: document and address are the key. Returns the ids of what it opened.
 */
export async function openDeliveries(
  ctx: TenantContext,
  { invoiceId }: OpenDeliveriesInput,
): Promise<Result<readonly string[], 'invoice-not-found'>> {
  const stored = await readFinalisedInvoice(ctx, invoiceId)
  if (!stored) return err('invoice-not-found')
  const { accountId, buyer, documentType } = stored.invoice
  const own = { name: buyer.name, email: plainAddress(buyer.email), language: null }
  const recipients = await recipientsFor(ctx, { accountId, document: recipientDocumentOf(documentType), own })
  const preference = await readPreference(ctx, accountId)

  const opened: string[] = []
  for (const recipient of recipients) {
    const messageKey = `invoice:${invoiceId}:${recipient.email}`
    const id = await openDelivery(ctx, { accountId, invoiceId, recipient, preference, messageKey, requestedBy: null })
    if (id) opened.push(id)
  }
  await letGo(ctx, opened)
  return ok(opened)
}

export type RecipientsQuery = { readonly accountId: string; readonly document: RecipientDocument; readonly own: Recipient }

/** Whom a kind of document of an account goes to: the recipients that asked for it; `own`, the account's address, when none did. */
export async function recipientsFor(ctx: TenantContext, { accountId, document, own }: RecipientsQuery): Promise<readonly Recipient[]> {
  const asking = (await listRecipients(ctx, accountId)).filter(({ documents }) => documents.includes(document))
  return asking.length > 0 ? asking : [own]
}

/** Lets opened deliveries leave once the transaction has committed. */
export async function letGo(ctx: TenantContext, deliveryIds: readonly string[]): Promise<void> {
  const { tenantId } = ctx
  await enqueue(ctx, ...deliveryIds.map((deliveryId) => ({ name: 'delivery/opened' as const, data: { tenantId, deliveryId } })))
}
