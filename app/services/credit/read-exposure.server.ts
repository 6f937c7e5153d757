import type { TenantContext } from '#app/db/context.server.ts'
import { type CreditPosition, positionOfContract } from '#app/db/credit/credit-positions.server.ts'
import { availableOf, type ExposureParts, exposureOf } from '#app/domain/credit/exposure.ts'
import type { Money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type Exposure = {
  readonly parts: ExposureParts
  readonly exposure: Money
  readonly limit: Money
  readonly available: Money
}

/** Where a contract stands at this instant, tax included, in its currency: the parts, what they come to, the limit and what is left of it. */
export async function readExposure(ctx: TenantContext, contractId: string): Promise<Result<Exposure, 'no-contract'>> {
  const position = await positionOfContract(ctx, contractId)
  return position ? ok(exposureAt(position)) : err('no-contract')
}

/** The same of a position that was read already. */
export function exposureAt({ parts, limit }: CreditPosition): Exposure {
  return { parts, exposure: exposureOf(parts), limit, available: availableOf(limit, parts) }
}
