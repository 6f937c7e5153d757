import type { TenantContext } from '#app/db/context.server.ts'
import { positionsJudging } from '#app/db/credit/credit-positions.server.ts'
import { availableOf } from '#app/domain/credit/exposure.ts'
import { type Money, subtract, zero } from '#app/domain/money/money.ts'
import { readExposure } from '../credit/read-exposure.server.ts'
import { paymentModeOf } from '../wallet/payment-mode.server.ts'

/** What an order can be charged to without paying now: the balance of a contract that pays ahead, else what is left of its limit. */
export type RoomForOrder = { readonly kind: 'balance' | 'invoice'; readonly available: Money }

type Orderer = {
  readonly contractId: string
  /** Who orders: a department with a limit of its own has no more room than that. */
  readonly accountId: string
}

/** What is left for a new order, in the contract's currency; null when it takes none. The order itself judges again. */
export async function roomForOrder(ctx: TenantContext, orderer: Orderer): Promise<RoomForOrder | null> {
  const { contractId } = orderer
  const { needsBalance, blockedBy } = await paymentModeOf(ctx, contractId)
  const exposure = await readExposure(ctx, contractId)
  if (blockedBy || !exposure.ok) return null
  const { available, limit } = exposure.value
  const ofWhole = needsBalance ? subtract(available, limit) : available
  const ofDepartment = await leftOfDepartment(ctx, orderer)
  const left = ofDepartment && ofDepartment.minor < ofWhole.minor ? ofDepartment : ofWhole
  return { kind: needsBalance ? 'balance' : 'invoice', available: left.minor > 0n ? left : zero(left.currency) }
}

async function leftOfDepartment(ctx: TenantContext, orderer: Orderer): Promise<Money | undefined> {
  const own = (await positionsJudging(ctx, orderer)).find(({ isWhole }) => !isWhole)
  return own && availableOf(own.limit, own.parts)
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
