import { inTenant } from '#app/db/context.server.ts'
import { type OwnedOrder, orderOfGuest } from '#app/db/orders/orders.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'

/** The order that a buyer without a sign-in watches and pays by its secret; null when it is nobody's. */
export function guestOrderOf(tenantId: string, token: string): Promise<OwnedOrder | null> {
  return inTenant(tenantId, (ctx) => orderOfGuest(ctx, hashOfToken(token)))
}
