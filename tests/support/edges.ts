import { setClock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { mirrorEdge } from '#app/services/purchases/mirror-edge.server.ts'
import { asOffice } from './builders.ts'
import { bill, buildReseller, buildSeller, reported, type Seller } from './usage.ts'

/** Says that the tenant of `child` is the reseller that `parent` sells to. */
export async function joinEdge(parent: Seller, child: Seller, changes: { readonly isOperatingUnit?: boolean } = {}): Promise<void> {
  const { tenantId, accountId } = parent
  await asOffice(child.tenantId, ({ db }) =>
    db.tenant.updateMany({
      where: { tenantId: child.tenantId },
      data: { kind: 'reseller', parentTenantId: tenantId, parentAccountId: accountId, ...changes },
    }),
  )
}

/** A provider and its reseller, with 400 GB sent in June at 0.10 and 100 GB in July: 40.00 and 10.00 net. */
export async function providerWithReseller(): Promise<{ provider: Seller; reseller: Seller }> {
  setClock()
  const provider = await buildSeller()
  const reseller = await buildReseller(provider)
  await joinEdge(provider, reseller)
  const sent = (gb: number, day: string) =>
    reported({ quantity: `${gb}000000000`, windowStart: new Date(`${day}T06:00:00Z`), windowEnd: new Date(`${day}T18:00:00Z`) })
  await bill(provider, [sent(400, '2026-06-10'), sent(100, '2026-07-10')])
  return { provider, reseller }
}

/** Brings what the buyer of `parent` owes it into that buyer's own books; returns how many entries were new. */
export async function mirror({ tenantId, accountId }: Seller): Promise<number> {
  return (await mirrorEdge({ tenantId, accountId, actor: systemActor('purchases') })).mirrored
}
