import { startOfDay } from '#app/domain/time/local-date.ts'
import {
  addChangeTo,
  discardRevision,
  editRevision,
  removeChangeFrom,
  scheduleRevision,
  unscheduleRevision,
} from '#app/services/catalog/edit-revision.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { type ChangeSort, changeForms, NoForm, RemoveForm, ScheduleForm, toChange } from './forms.ts'

export type Deed = ChangeSort | 'remove' | 'clear' | 'schedule' | 'unschedule' | 'discard'
export type RevisionAnswer =
  | { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
  | { readonly problem: string }
  | { readonly saved: Deed }

/** Does what one of the forms of a revision asks for. */
export async function saveRevision(request: Request, revisionId: string, deed: Deed): Promise<RevisionAnswer> {
  if (isSort(deed)) return addChange(request, revisionId, deed)
  if (deed === 'schedule') return schedule(request, revisionId)
  if (deed === 'remove') return remove(request, revisionId)
  const form = await parseForm(request, NoForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx) => plainDeed(ctx, revisionId, deed))
  return result.ok ? { saved: deed } : { problem: result.error }
}

function isSort(deed: Deed): deed is ChangeSort {
  return Object.hasOwn(changeForms, deed)
}

type Outcome = { readonly ok: true; readonly value: null } | { readonly ok: false; readonly error: string }

function plainDeed(ctx: StaffContext, revisionId: string, deed: 'clear' | 'unschedule' | 'discard'): Promise<Outcome> {
  if (deed === 'clear') return editRevision(ctx, { revisionId, changes: [] })
  return deed === 'discard' ? discardRevision(ctx, revisionId) : unscheduleRevision(ctx, revisionId)
}

async function addChange(request: Request, revisionId: string, sort: ChangeSort): Promise<RevisionAnswer> {
  const form = await parseForm(request, changeForms[sort])
  if (!form.ok) return { fields: form.error, values: form.values }
  const change = toChange[sort](form.value as never)
  const result = await asStaff(request, 'catalog:write', (ctx) => addChangeTo(ctx, { revisionId, change }))
  return result.ok ? { saved: sort } : { problem: result.at?.problem ?? result.error }
}

async function remove(request: Request, revisionId: string): Promise<RevisionAnswer> {
  const form = await parseForm(request, RemoveForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx) => removeChangeFrom(ctx, { revisionId, ...form.value }))
  return result.ok ? { saved: 'remove' } : { problem: result.at?.problem ?? result.error }
}

async function schedule(request: Request, revisionId: string): Promise<RevisionAnswer> {
  const form = await parseForm(request, ScheduleForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    scheduleRevision(ctx, { revisionId, activateAt: startOfDay(form.value.activateOn, tenant.timeZone) }),
  )
  return result.ok ? { saved: 'schedule' } : { problem: result.at?.problem ?? result.error }
}
