import { chainFrom } from '#app/db/chain.server.ts'
import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { type CloudDeed, deedTerms } from '#app/domain/cloud/deeds.ts'
import { monthPrice } from '#app/domain/cloud/month-price.ts'
import { VolumeSpec } from '#app/domain/cloud/resource-specs.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { MeterCode } from '#app/domain/usage/meters.ts'
import { isBlocked } from '../holds/effect-of.server.ts'
import { roomForOrder } from '../orders/room-for-order.server.ts'
import { quoteHour } from './quote-hour.server.ts'

/** What a deed adds to what an account pays by the hour; `quantity` is 0 where only the cloud will know. */
export type DeedLoad = { readonly accountId: string; readonly meter: MeterCode; readonly zone: string; readonly quantity: number }

/** What `deed` would add; null when it costs nothing, or what it is about is not there. */
export async function loadOfDeed(
  ctx: TenantContext,
  { deed, subjectId, accountId }: { readonly deed: CloudDeed; readonly subjectId: string | null; readonly accountId: string },
): Promise<DeedLoad | null> {
  const { meter } = deedTerms[deed.kind]
  if (!meter) return null
  const place = await findResource(ctx, 'serverId' in deed ? deed.serverId : subjectId)
  const zone = 'zone' in deed ? deed.zone : place?.zone
  return zone === undefined ? null : { accountId: place?.accountId ?? accountId, meter, zone, quantity: quantityOf(deed, place?.spec) }
}

/** Deeds that add one of what is charged by the piece. */
const perPiece: ReadonlySet<string> = new Set(['acquire-address', 'create-load-balancer', 'add-vpn-user'])

function quantityOf(deed: CloudDeed, spec: unknown): number {
  if (deed.kind === 'create-volume') return deed.sizeGib
  if (deed.kind === 'resize-volume') return Math.max(0, deed.sizeGib - VolumeSpec.parse(spec).sizeGib)
  return perPiece.has(deed.kind) ? 1 : 0
}

export type WeighDeedError = 'no-price' | 'no-credit' | 'account-blocked' | 'not-available'

/**
 * Whether an account may take on what a deed adds, and every seller above too: each has a price for it, none is held back, and a month of
 * it has room. What stands against a seller further up is none of the buyer's: `not-available`.
 */
export async function weighDeed(tenantId: string, load: DeedLoad): Promise<Result<null, WeighDeedError>> {
  let accountId: string | null = load.accountId
  for (const level of await chainFrom(tenantId)) {
    if (accountId === null) break
    const ask = { ...load, accountId }
    const weighed = await inTenant(level.tenantId, (ctx) => weighAtLevel(ctx, ask))
    if (!weighed.ok) return level.tenantId === tenantId ? weighed : err('not-available')
    accountId = level.parentAccountId
  }
  return ok(null)
}

async function weighAtLevel(ctx: TenantContext, load: DeedLoad): Promise<Result<null, WeighDeedError>> {
  if (await isBlocked(ctx, load.accountId)) return err('account-blocked')
  const price = await quoteHour(ctx, load)
  if (!price.ok) return err('no-price')
  const room = await roomForOrder(ctx, { contractId: price.value.contractId, accountId: load.accountId })
  if (!room) return err('account-blocked')
  const month = monthPrice({ ...price.value, quantity: load.quantity })
  return room.available.minor > 0n && room.available.minor >= month.minor ? ok(null) : err('no-credit')
}
