import { startOfDay } from '#app/domain/time/local-date.ts'
import {
  addChangeTo,
  discardRevision,
  editRevision,
  scheduleRevision,
  unscheduleRevision,
} from '#app/services/catalog/edit-revision.server.ts'
import { asStaff, type StaffContext } from '#app/web/as-staff.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { ChangeForm, changeOf, NoForm, ScheduleForm } from './forms.ts'

export type Deed = 'change' | 'clear' | 'schedule' | 'unschedule' | 'discard'
export type RevisionAnswer =
  | { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
  | { readonly problem: string }
  | { readonly saved: Deed }

/** Does what one of the forms of a revision asks for. */
export async function saveRevision(request: Request, revisionId: string, deed: Deed): Promise<RevisionAnswer> {
  if (deed === 'change') return addChange(request, revisionId)
  if (deed === 'schedule') return schedule(request, revisionId)
  const form = await parseForm(request, NoForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx) => plainDeed(ctx, revisionId, deed))
  return result.ok ? { saved: deed } : { problem: result.error }
}

type Outcome = { readonly ok: true; readonly value: null } | { readonly ok: false; readonly error: string }

function plainDeed(ctx: StaffContext, revisionId: string, deed: Exclude<Deed, 'change' | 'schedule'>): Promise<Outcome> {
  if (deed === 'clear') return editRevision(ctx, { revisionId, changes: [] })
  return deed === 'discard' ? discardRevision(ctx, revisionId) : unscheduleRevision(ctx, revisionId)
}

async function addChange(request: Request, revisionId: string): Promise<RevisionAnswer> {
  const form = await parseForm(request, ChangeForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const change = changeOf(form.value)
  if ('missing' in change) return { fields: { [change.missing]: 'required' }, values: textOf(form.value) }
  const result = await asStaff(request, 'catalog:write', (ctx) => addChangeTo(ctx, { revisionId, change }))
  if (result.ok) return { saved: 'change' }
  return { problem: result.at?.problem ?? result.error }
}

async function schedule(request: Request, revisionId: string): Promise<RevisionAnswer> {
  const form = await parseForm(request, ScheduleForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    scheduleRevision(ctx, { revisionId, activateAt: startOfDay(form.value.activateOn, tenant.timeZone) }),
  )
  return result.ok ? { saved: 'schedule' } : { problem: result.at?.problem ?? result.error }
}

function textOf(form: object): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))
}
