import { chainFrom } from '#app/db/chain.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { mapOwner } from './map-owner.server.ts'

export type MapBuyerInput = { readonly tenantId: string; readonly accountId: string; readonly cloudRef: string }

/**
 * Says at every level whose usage it is that a cloud reports under the account's own id: the account's where it buys, and the next seller's
 * account at each level above. Usage that waited for it is judged again. Safe to repeat.
 */
export async function mapBuyer({ tenantId, accountId, cloudRef }: MapBuyerInput): Promise<void> {
  let owner: string | null = accountId
  for (const level of await chainFrom(tenantId)) {
    if (owner === null) return
    const mapping = { cloudRef, kind: 'account' as const, externalId: accountId, accountId: owner, reason: 'made in this cloud' }
    await inTenant(level.tenantId, (ctx) => mapOwner(ctx, mapping), { actor: systemActor('clouds') })
    owner = level.parentAccountId
  }
}
