import { inTenant } from '#app/db/context.server.ts'
import { giveRoomBack, overdueSources } from '#app/db/credit/credit-reservations.server.ts'

const atMost = 200

/** Gives back what orders of a tenant held for too long, the oldest first. Returns how many orders that were. */
export function expireReservations(tenantId: string): Promise<number> {
  return inTenant(tenantId, async (ctx) => {
    const sources = await overdueSources(ctx, atMost)
    for (const sourceId of sources) await giveRoomBack(ctx, sourceId, 'expire')
    return sources.length
  })
}
