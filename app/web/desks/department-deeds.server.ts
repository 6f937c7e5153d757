import { data } from '@remix-run/node'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { closeDepartment } from '#app/services/accounts/close-department.server.ts'
import { contractCurrency } from '#app/services/accounts/contract-currency.server.ts'
import { liftDepartmentLimit } from '#app/services/accounts/lift-department-limit.server.ts'
import { limitDepartment, openDepartment } from '#app/services/accounts/open-department.server.ts'
import { renameDepartment } from '#app/services/accounts/rename-department.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'

const amount = line(20).optional()
const DepartmentForm = z.object({
  what: z.enum(['open', 'change', 'close']),
  departmentId: uuid.optional(),
  departmentName: line(120).optional(),
  departmentLimit: amount,
  newName: line(120).optional(),
  newLimit: amount,
  liftsLimit: z.literal('on').optional(),
})
type Typed = z.output<typeof DepartmentForm>
type Field = keyof Typed

type Desk = {
  readonly enterpriseId: string
  /** Where the reader goes on. */
  readonly path: string
  /** Runs `work` in the office's scope. @throws 403 without the right. */
  run<T>(work: (ctx: TenantContext) => Promise<T>): Promise<T>
}
type Done = { readonly ok: true } | { readonly ok: false; readonly error: string; readonly obstacles?: readonly string[] }
type Deed = (ctx: TenantContext, enterpriseId: string, typed: Typed) => Promise<Done>

const deeds: Record<Typed['what'], Deed> = {
  async open(ctx, enterpriseId, { departmentName = '', departmentLimit = '' }) {
    const limitMinor = departmentLimit === '' ? null : await limitOf(ctx, enterpriseId, departmentLimit)
    if (limitMinor === undefined) return { ok: false, error: 'amount' }
    return openDepartment(ctx, { enterpriseId, name: departmentName, limitMinor })
  },

  async change(ctx, enterpriseId, { departmentId = '', newName, newLimit, liftsLimit }) {
    const renamed = newName ? await renameDepartment(ctx, { enterpriseId, departmentId, name: newName }) : null
    if (renamed?.ok === false) return renamed
    if (liftsLimit) return liftDepartmentLimit(ctx, { enterpriseId, departmentId })
    if (!newLimit) return { ok: true }
    const limitMinor = await limitOf(ctx, enterpriseId, newLimit)
    return limitMinor === undefined ? { ok: false, error: 'amount' } : limitDepartment(ctx, { enterpriseId, departmentId, limitMinor })
  },

  close: (ctx, enterpriseId, { departmentId = '' }) => closeDepartment(ctx, { enterpriseId, departmentId }),
}

/** Minor units of what was typed; undefined for what is no amount. */
async function limitOf(ctx: TenantContext, enterpriseId: string, typed: string): Promise<bigint | undefined> {
  return typedAmount(typed, orNotFound(await contractCurrency(ctx, enterpriseId)))?.minor
}

/** What a form lacks or says twice, by field. */
function wrongIn({ what, departmentId, departmentName, newName, newLimit, liftsLimit }: Typed): Partial<Record<Field, string>> | null {
  if (what === 'open') return departmentName ? null : { departmentName: 'required' }
  if (!departmentId) return { departmentId: 'required' }
  if (what === 'close') return null
  if (newLimit && liftsLimit) return { newLimit: 'limit-or-none' }
  return newName || newLimit || liftsLimit ? null : { newName: 'required' }
}

const ofName: readonly string[] = ['name-taken', 'too-many']

function fieldOf(what: Typed['what'], error: string): Field {
  if (what === 'close') return 'departmentId'
  if (what === 'open') return ofName.includes(error) ? 'departmentName' : 'departmentLimit'
  return ofName.includes(error) ? 'newName' : 'newLimit'
}

const told: readonly string[] = [...ofName, 'above-enterprise', 'in-the-way']

/** Opens a department of an enterprise, or changes or closes the one that is named. */
export async function departmentDeed(request: Request, { enterpriseId, path, run }: Desk) {
  const form = await parseForm(request, DepartmentForm)
  if (!form.ok) return refused(form.error, form.values)
  const { what } = form.value
  const values = Object.fromEntries(Object.entries(form.value).map(([field, typed]) => [field, typed ?? '']))
  const wrong = wrongIn(form.value)
  if (wrong) return refused(wrong, values)

  const done = await run((ctx) => deeds[what](ctx, enterpriseId, form.value))
  if (done.ok) return redirectWithToast(request, path, 'saved')
  if (done.error === 'not-an-enterprise' || done.error === 'department-not-found') throw refuse(404, 'not-found')
  return refused({ [fieldOf(what, done.error)]: told.includes(done.error) ? done.error : 'amount' }, values, done.obstacles)
}

function refused(fields: Partial<Record<string, string>>, values: Readonly<Record<string, string>>, obstacles: readonly string[] = []) {
  return data({ fields: fields as Readonly<Record<string, string>>, values, obstacles }, { status: 422 })
}
