import type { TenantContext } from '#app/db/context.server.ts'
import { findAccount, holdAccount, openDepartmentsOf } from '#app/db/people/accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { changeAccountData } from './change-account-data.server.ts'

export type RenameDepartmentInput = { readonly enterpriseId: string; readonly departmentId: string; readonly name: string }
export type RenameDepartmentError = 'department-not-found' | 'name-taken'

/** Gives a department another name, that no other open one of its enterprise has. Issued documents keep the old one. Runs in the office's scope. */
export async function renameDepartment(
  ctx: TenantContext,
  { enterpriseId, departmentId, name }: RenameDepartmentInput,
): Promise<Result<void, RenameDepartmentError>> {
  // Of two departments that take one name at once the second is refused.
  await holdAccount(ctx, enterpriseId)
  const department = await findAccount(ctx, departmentId)
  if (department?.parentAccountId !== enterpriseId || department.status === 'closed') return err('department-not-found')
  const others = (await openDepartmentsOf(ctx, enterpriseId)).filter(({ id }) => id !== departmentId)
  if (others.some((one) => one.name.toLowerCase() === name.trim().toLowerCase())) return err('name-taken')
  const renamed = await changeAccountData(ctx, { ...department, accountId: departmentId, name })
  return renamed.ok ? ok(undefined) : err('department-not-found')
}
