import type { TenantContext } from '#app/db/context.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { openDepartmentsOf } from '#app/db/people/accounts.server.ts'
import { exposureOf } from '#app/domain/credit/exposure.ts'
import { type Money, zero } from '#app/domain/money/money.ts'
import { readBalances } from './balances.server.ts'

export type DepartmentRow = {
  readonly id: string
  readonly name: string
  readonly servers: number
  /** Used and not invoiced yet, net. */
  readonly accrued: Money
  /** What it may owe within its enterprise's limit, and what it owes of that; null without a limit of its own. */
  readonly limit: Money | null
  readonly used: Money | null
}

/** The open departments of an enterprise with the limit of its contract; null for an account that can have none. Needs the office's scope. */
export async function readDepartments(
  ctx: TenantContext,
  enterpriseId: string,
): Promise<{ readonly limit: Money; readonly rows: readonly DepartmentRow[] } | null> {
  const { tenantId } = ctx
  const enterprise = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: enterpriseId } },
    select: { kind: true, parentAccountId: true },
  })
  if (enterprise?.kind !== 'enterprise' || enterprise.parentAccountId) return null
  const departments = await openDepartmentsOf(ctx, enterpriseId)
  const ids = departments.map(({ id }) => id)
  const positions = await positionsOf(ctx, [enterpriseId, ...ids])
  const balances = await readBalances(ctx, ids)
  const whole = positions.get(enterpriseId)
  if (!whole) return null
  const none = zero(whole.currency)
  return {
    limit: whole.limit,
    rows: departments.map(({ id, name }) => {
      const position = positions.get(id)
      const { servers = 0, accrued = none } = balances.get(id) ?? {}
      return { id, name, servers, accrued, limit: position?.limit ?? null, used: position ? exposureOf(position.parts) : null }
    }),
  }
}
