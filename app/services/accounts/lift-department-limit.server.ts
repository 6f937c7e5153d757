import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockPosition, takeLimitOff } from '#app/db/credit/credit-limits.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { endWatch } from '../credit/watch-credit.server.ts'

type Department = { readonly enterpriseId: string; readonly departmentId: string }

/** Takes a department's own limit off: from now on it may spend as much as its enterprise. Safe to repeat. Runs in the office's scope. */
export async function liftDepartmentLimit(
  ctx: TenantContext,
  { enterpriseId, departmentId }: Department,
): Promise<Result<void, 'department-not-found'>> {
  const department = await findAccount(ctx, departmentId)
  if (department?.parentAccountId !== enterpriseId || department.status === 'closed') return err('department-not-found')
  const position = await lockPosition(ctx, departmentId)
  if (!position || position.isWhole || !position.hasLimit) return ok(undefined)
  await takeLimitOff(ctx, position.id)
  await endWatch(ctx, { positionId: position.id, accountId: departmentId })
  await audit(ctx, { action: 'credit-limit.lifted', subjectKind: 'account', subjectId: departmentId })
  return ok(undefined)
}
