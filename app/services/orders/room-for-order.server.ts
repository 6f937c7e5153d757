import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, subtract, zero } from '#app/domain/money/money.ts'
import { readExposure } from '../credit/read-exposure.server.ts'
import { paymentModeOf } from '../wallet/payment-mode.server.ts'

/** What an order can be charged to without paying now: the balance of a contract that pays ahead, else what is left of its limit. */
export type RoomForOrder = { readonly kind: 'balance' | 'invoice'; readonly available: Money }

/** What is left of a contract for a new order, in its currency; null when it takes none. The order itself judges again. */
export async function roomForOrder(ctx: TenantContext, contractId: string): Promise<RoomForOrder | null> {
  const { needsBalance, blockedBy } = await paymentModeOf(ctx, contractId)
  const exposure = await readExposure(ctx, contractId)
  if (blockedBy || !exposure.ok) return null
  const { available, limit } = exposure.value
  const left = needsBalance ? subtract(available, limit) : available
  return { kind: needsBalance ? 'balance' : 'invoice', available: left.minor > 0n ? left : zero(left.currency) }
}

/** Who buys by a contract: what kind of buyer, and in which country. */
export async function buyerOfContract(
  { db, tenantId }: TenantContext,
  contractId: string,
): Promise<{ readonly kind: string; readonly country: string }> {
  const { account } = await db.contract.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: contractId } },
    select: { account: { select: { kind: true, country: true } } },
  })
  return account
}
