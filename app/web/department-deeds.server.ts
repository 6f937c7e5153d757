import { data } from '@remix-run/node'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { contractCurrency } from '#app/services/accounts/contract-currency.server.ts'
import { limitDepartment, openDepartment } from '#app/services/accounts/open-department.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { line, uuid } from './form-fields.ts'
import { parseForm } from './parse-form.server.ts'
import { redirectWithToast } from './redirects.server.ts'
import { orNotFound, refuse } from './refuse.server.ts'

const amount = line(20).optional()
const DepartmentForm = z.object({
  departmentId: uuid.optional(),
  departmentName: line(120).optional(),
  departmentLimit: amount,
  newLimit: amount,
})

type Desk = {
  readonly enterpriseId: string
  /** Where the reader goes on. */
  readonly path: string
  /** Runs `work` in the office's scope. @throws 403 without the right. */
  run<T>(work: (ctx: TenantContext) => Promise<T>): Promise<T>
}

const nameProblems: readonly string[] = ['name-taken', 'too-many']
const limitProblemOf = (error: string) => (error === 'above-enterprise' ? error : 'amount')

/** Opens a department, or sets the limit of the one that is named. */
export async function departmentDeed(request: Request, { enterpriseId, path, run }: Desk) {
  const form = await parseForm(request, DepartmentForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { departmentId, departmentName = '', departmentLimit = '', newLimit = '' } = form.value
  const limitField = departmentId ? 'newLimit' : 'departmentLimit'
  const typed = departmentId ? newLimit : departmentLimit
  const refused = (fields: Record<string, string>) =>
    data({ fields, values: { departmentId: departmentId ?? '', departmentName, departmentLimit, newLimit } }, { status: 422 })
  if (!departmentId && departmentName === '') return refused({ departmentName: 'required' })
  if (departmentId && typed === '') return refused({ newLimit: 'required' })

  const done = await run(async (ctx) => {
    const currency = orNotFound(await contractCurrency(ctx, enterpriseId))
    const limit = typed === '' ? null : typedAmount(typed, currency)
    if (limit === undefined) return { ok: false, error: 'amount-not-positive' } as const
    if (departmentId) return limitDepartment(ctx, { enterpriseId, departmentId, limitMinor: limit?.minor ?? 0n })
    return openDepartment(ctx, { enterpriseId, name: departmentName, limitMinor: limit?.minor ?? null })
  })
  if (done.ok) return redirectWithToast(request, path, 'saved')
  if (done.error === 'not-an-enterprise' || done.error === 'department-not-found') throw refuse(404, 'not-found')
  return refused(nameProblems.includes(done.error) ? { departmentName: done.error } : { [limitField]: limitProblemOf(done.error) })
}
