import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { releaseWithheld } from '#app/db/documents/mail-deliveries.server.ts'
import { confirmBounced } from '#app/db/people/bounced-addresses.server.ts'
import { plainAddress } from '#app/domain/delivery/recipients.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { letGo } from '../invoices/deliver-open.server.ts'

export type ConfirmAddressInput = { readonly accountId: string; readonly address: string }

/** Notes that somebody stands for an address that bounced, and lets what was kept back for it go. Safe to repeat. */
export async function confirmAddress(ctx: TenantContext, input: ConfirmAddressInput): Promise<void> {
  const { accountId } = input
  const address = plainAddress(input.address)
  if (!(await confirmBounced(ctx, { accountId, address }, actorName(ctx.actor)))) return
  await letGo(ctx, await releaseWithheld(ctx, { accountId, address }))
  await audit(ctx, { action: 'delivery.address-confirmed', subjectKind: 'account', subjectId: accountId, detail: { address } })
}
