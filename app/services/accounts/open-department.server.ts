import type { TenantContext } from '#app/db/context.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { findAccount, holdAccount, openDepartmentsOf } from '#app/db/people/accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type SetCreditLimitError, setCreditLimit } from '../credit/set-credit-limit.server.ts'
import { addAccount } from './add-account.server.ts'

/** At most so many departments has an enterprise. */
const mostDepartments = 200

export type OpenDepartmentInput = {
  readonly enterpriseId: string
  readonly name: string
  /** What it may owe of the enterprise's limit, in minor units of the contract's currency; null for as much as the enterprise. */
  readonly limitMinor: bigint | null
}
export type OpenDepartmentError = 'not-an-enterprise' | 'name-taken' | 'too-many' | LimitDepartmentError

/**
 * Opens a department of an enterprise: with people, servers and spend of its own, charged to the enterprise's contract. Runs in the
 * office's scope; a caller who acts for the enterprise takes its id from the membership.
 */
export async function openDepartment(
  ctx: TenantContext,
  { enterpriseId, name, limitMinor }: OpenDepartmentInput,
): Promise<Result<{ readonly accountId: string }, OpenDepartmentError>> {
  // Of two departments of one name at once the second is refused.
  await holdAccount(ctx, enterpriseId)
  const enterprise = await findAccount(ctx, enterpriseId)
  if (enterprise?.kind !== 'enterprise' || enterprise.parentAccountId || enterprise.status === 'closed') return err('not-an-enterprise')
  const known = await openDepartmentsOf(ctx, enterpriseId)
  if (known.length >= mostDepartments) return err('too-many')
  if (known.some((one) => one.name.toLowerCase() === name.trim().toLowerCase())) return err('name-taken')

  const { email, language, country, addressLines } = enterprise
  const opened = await addAccount(ctx, { kind: 'business', name, email, language, country, addressLines, parentAccountId: enterpriseId })
  if (!opened.ok) return err('not-an-enterprise')
  const { accountId } = opened.value
  if (limitMinor === null) return ok({ accountId })
  const limited = await limitDepartment(ctx, { enterpriseId, departmentId: accountId, limitMinor })
  return limited.ok ? ok({ accountId }) : limited
}

export type LimitDepartmentInput = { readonly enterpriseId: string; readonly departmentId: string; readonly limitMinor: bigint }
export type LimitDepartmentError = SetCreditLimitError | 'department-not-found' | 'above-enterprise'

/** Sets what a department may owe within its enterprise's limit, from now on: its next order must have room in both. */
export async function limitDepartment(
  ctx: TenantContext,
  { enterpriseId, departmentId, limitMinor }: LimitDepartmentInput,
): Promise<Result<void, LimitDepartmentError>> {
  const department = await findAccount(ctx, departmentId)
  if (department?.parentAccountId !== enterpriseId || department.status === 'closed') return err('department-not-found')
  const whole = (await positionsOf(ctx, [enterpriseId])).get(enterpriseId)
  if (!whole) return err('no-contract')
  if (limitMinor > whole.limit.minor) return err('above-enterprise')
  const set = await setCreditLimit(ctx, { accountId: departmentId, amountMinor: limitMinor, reason: department.name, span: null })
  return set.ok ? ok(undefined) : set
}
