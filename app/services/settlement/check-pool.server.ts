import type { TenantContext } from '#app/db/context.server.ts'
import { lockContracts } from '#app/db/documents/billing-facts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import { type PoolState, readPools } from '#app/db/usage/pools.server.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { hasPoolRoom } from '#app/domain/settlement/bulk.ts'
import { type PoolDemand, poolDemand } from '#app/domain/settlement/pool-demand.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

export type CheckPoolInput = {
  readonly contractId: string
  readonly productId: string
}

/** A pool that has no room for an order, in the unit of its meter. */
export type PoolShortage = { readonly meter: string; readonly missing: Decimal }

/**
 * Whether a buy-side order still fits into the pools of its contract: what lacks most when it does not, and nothing when the terms charge
 * what goes beyond. Sizes count for the longest month, so that what was accepted never runs over; other meters by what is used already.
 */
export async function checkPool(ctx: TenantContext, { contractId, productId }: CheckPoolInput): Promise<PoolShortage | null> {
  const tenant = await ownTenant(ctx)
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  const today = localDateOf(ctx.now, tenant.timeZone)
  const settings = (await termsOn(ctx, contractId, today))?.settings
  if (!settings?.hardCap || settings.entitlementScope !== 'pool') return null

  // Orders that come at once are counted one after the other.
  await lockContracts(ctx, [contractId])
  const product = await ctx.db.product.findFirst({ where: { tenantId: ctx.tenantId, id: productId }, select: { spec: true } })
  const pools = await readPools(ctx, { contractId, month: `${today.slice(0, 7)}-01` })
  for (const pool of pools) {
    const { used, asked } = demandOf(pool, product?.spec)
    if (hasPoolRoom({ size: pool.included, used, asked, hardCap: true })) continue
    return { meter: pool.meter, missing: used.plus(asked).minus(pool.included) }
  }
  return null
}

function demandOf(pool: PoolState, spec: unknown): PoolDemand {
  const { cpuNumber, memoryMib } = (spec ?? {}) as { readonly cpuNumber?: number; readonly memoryMib?: number }
  return poolDemand(pool, { cpus: cpuNumber ?? 0, memoryGib: (memoryMib ?? 0) / 1024 })
}
