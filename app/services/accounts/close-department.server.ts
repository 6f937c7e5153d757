import { audit } from '#app/db/audit.server.ts'
import { listBudgets } from '#app/db/charges/budgets.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { endDepartmentAccess, type Obstacle, obstaclesOf, openProjectsOf } from '#app/db/credit/department-closings.server.ts'
import { markAccountsClosed } from '#app/db/people/account-closings.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { type Err, err, type Ok, ok } from '#app/domain/shared/result.ts'
import { endBudget } from '../budgets/keep-budget.server.ts'
import { archiveProject } from '../projects/keep-project.server.ts'

export type CloseDepartmentInput = { readonly enterpriseId: string; readonly departmentId: string }
/** What has to end first. */
export type InTheWay = Err<'in-the-way'> & { readonly obstacles: readonly Obstacle[] }

/**
 * Closes a department that runs and owes nothing, or says what comes first. Nobody acts for it any more; what it used and paid stays with
 * its enterprise, and its people can be invited elsewhere. Runs in the office's scope.
 */
export async function closeDepartment(
  ctx: TenantContext,
  { enterpriseId, departmentId }: CloseDepartmentInput,
): Promise<Ok<void> | Err<'department-not-found'> | InTheWay> {
  const department = (await lockAccount(ctx, departmentId)) ? await findAccount(ctx, departmentId) : null
  if (department?.parentAccountId !== enterpriseId || department.status === 'closed') return err('department-not-found')
  const obstacles = await obstaclesOf(ctx, departmentId)
  if (obstacles.length > 0) return { ...err('in-the-way'), obstacles }

  for (const { id } of await listBudgets(ctx, [departmentId])) await endBudget(ctx, id)
  for (const id of await openProjectsOf(ctx, departmentId)) await archiveProject(ctx, id)
  await endDepartmentAccess(ctx, departmentId)
  await markAccountsClosed(ctx, [departmentId])
  await audit(ctx, { action: 'account.closed', subjectKind: 'account', subjectId: departmentId, detail: { enterpriseId } })
  return ok(undefined)
}
