import type { TenantContext } from '#app/db/context.server.ts'
import { bounceDelivery, findByMessage } from '#app/db/documents/mail-deliveries.server.ts'
import { markBounced } from '#app/db/people/bounced-addresses.server.ts'
import { isDeadAddress } from '#app/domain/delivery/bounce.ts'
import { plainAddress } from '#app/domain/delivery/recipients.ts'
import type { ReturnedMail } from '#app/ports/bounce-reader.ts'

/**
 * Notes that a mail came back. It is believed only where message id and address are those of a delivery of this seller; the number of
 * deliveries it concerned is returned. An address that refuses for good is not mailed again. Safe to repeat.
 */
export async function takeInBounce(ctx: TenantContext, returned: readonly ReturnedMail[]): Promise<number> {
  let concerned = 0
  for (const { messageId, refusal, ...mail } of returned) {
    const address = plainAddress(mail.address)
    const delivery = await findByMessage(ctx, { messageId, address })
    if (!delivery) continue
    concerned += 1
    const isNew = await bounceDelivery(ctx, delivery.id, refusal)
    if (isNew && isDeadAddress(refusal)) await markBounced(ctx, { accountId: delivery.accountId, address }, refusal)
  }
  return concerned
}
