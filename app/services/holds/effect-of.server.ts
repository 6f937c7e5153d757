import type { TenantContext } from '#app/db/context.server.ts'
import { standingHoldsOf } from '#app/db/people/account-holds.server.ts'
import { type HoldEffect, unionOf } from '#app/domain/hold/hold-effect.ts'

/** What all standing holds of an account, and of the enterprise it is a department of, do together; null when nothing stands. Runs in the office's scope. */
export async function effectOf(ctx: TenantContext, accountId: string): Promise<HoldEffect | null> {
  const holds = await standingHoldsOf(ctx, [accountId])
  return unionOf((holds.get(accountId) ?? []).map(({ effect }) => effect))
}

/**
 * Whether an account may place no orders: every hold blocks them but that of a used-up limit, which the reservation itself refuses and says how
 * much is missing. Runs in the office's scope.
 */
export async function isBlocked(ctx: TenantContext, accountId: string): Promise<boolean> {
  const holds = (await standingHoldsOf(ctx, [accountId])).get(accountId) ?? []
  return holds.some(({ source, effect }) => source !== 'credit' || effect !== 'block-orders')
}
