import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { listRecipients, readPreference } from '#app/db/documents/delivery-recipients.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { isOnItsWay, openDelivery } from '#app/db/documents/mail-deliveries.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { hasBounced } from '#app/db/people/bounced-addresses.server.ts'
import { plainAddress } from '#app/domain/delivery/recipients.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { letGo } from './deliver-open.server.ts'

export type DeliverAgainInput = { readonly invoiceId: string; readonly email: string }
export type DeliverAgainError = 'invoice-not-found' | 'address-bounced' | 'already-waiting'

/**
 * Sends a document once more, to an address of the account or to any other, as a delivery of its own. An address that bounced must be
 * confirmed first; while a mail with the document waits for the address a second one is refused, so a double click sends one.
 */
export async function deliverAgain(
  ctx: TenantContext,
  input: DeliverAgainInput,
): Promise<Result<{ deliveryId: string }, DeliverAgainError>> {
  const stored = await readFinalisedInvoice(ctx, input.invoiceId)
  if (!stored) return err('invoice-not-found')
  const { id: invoiceId, accountId, buyer } = stored.invoice
  const email = plainAddress(input.email)
  if (await hasBounced(ctx, { accountId, address: email })) return err('address-bounced')
  if (await isOnItsWay(ctx, invoiceId, email)) return err('already-waiting')

  const known = (await listRecipients(ctx, accountId)).find((recipient) => recipient.email === email)
  const deliveryId = await openDelivery(ctx, {
    accountId,
    invoiceId,
    recipient: known ?? { name: buyer.name, email, language: null },
    preference: await readPreference(ctx, accountId),
    messageKey: `invoice:${invoiceId}:${email}:${newId()}`,
    requestedBy: actorName(ctx.actor),
  })
  if (!deliveryId) return err('already-waiting')
  await letGo(ctx, [deliveryId])
  await audit(ctx, { action: 'invoice.sent-again', subjectKind: 'invoice', subjectId: invoiceId, detail: { to: email } })
  return ok({ deliveryId })
}
