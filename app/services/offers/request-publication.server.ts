import { delegatedResellers } from '#app/db/catalog/parent-offers.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'

/** Lets the resellers below learn what their buy prices are now. Does nothing for a tenant that delegates no plan. */
export async function requestOfferPublication(ctx: TenantContext): Promise<void> {
  const resellers = await delegatedResellers(ctx)
  if (resellers.length > 0) await enqueue(ctx, { name: 'offers/publication.requested', data: { tenantId: ctx.tenantId } })
}
