import { standingHoldsOf } from '#app/db/account-holds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type HoldEffect, unionOf } from '#app/domain/hold/hold-effect.ts'

/** What all standing holds of an account, and of the enterprise it is a department of, do together; null when nothing stands. Runs in the office's scope. */
export async function effectOf(ctx: TenantContext, accountId: string): Promise<HoldEffect | null> {
  const holds = await standingHoldsOf(ctx, [accountId])
  return unionOf((holds.get(accountId) ?? []).map(({ effect }) => effect))
}

/** Whether an account may place no orders: every hold blocks them. Runs in the office's scope. */
export async function isBlocked(ctx: TenantContext, accountId: string): Promise<boolean> {
  return (await effectOf(ctx, accountId)) !== null
}
