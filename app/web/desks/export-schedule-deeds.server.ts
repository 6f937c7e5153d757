import { data } from '@remix-run/node'
import { z } from 'zod'
import { typedMails } from '#app/domain/budget/notification.ts'
import { handovers, rhythms } from '#app/domain/export-schedule/schedule.ts'
import { type Schedulable, schedulable, scheduledWishes } from '#app/domain/export-schedule/scheduled-wish.ts'
import { type AddScheduleInput, addSchedule, changeSchedule } from '#app/services/exports/keep-schedule.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** Whose schedules, the rights they are kept with, and where they stand. */
type Desk = {
  readonly accountId: string | null
  readonly offered: readonly Schedulable[]
  readonly path: string
  run<T>(work: (ctx: TenantContext) => Promise<T>): Promise<T>
}

const ScheduleForm = z.object({
  deed: z.enum(['add', 'pause', 'start', 'remove'], 'invalid'),
  scheduleId: uuid.optional(),
  what: z.enum(schedulable, 'invalid').optional(),
  rhythm: z.enum(rhythms, 'invalid').optional(),
  handover: z.enum(handovers, 'invalid').optional(),
  mails: z.string().max(2_000, 'too-long').optional(),
})
type ScheduleForm = z.output<typeof ScheduleForm>

const states = { pause: 'paused', start: 'active', remove: 'removed' } as const

/** Does what the page of schedules asks for: adds one, pauses it, starts it again or takes it off. */
export async function changeSchedules(request: Request, desk: Desk) {
  const form = await parseForm(request, ScheduleForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { deed, scheduleId } = form.value
  if (deed !== 'add') {
    const input = { scheduleId: orNotFound(scheduleId), accountId: desk.accountId, state: states[deed] }
    const changed = await desk.run((ctx) => changeSchedule(ctx, input))
    orNotFound(changed.ok || null)
    return redirectWithToast(request, desk.path, 'saved')
  }
  const values = typedIn(form.value)
  const asked = await askedFor(request, desk, form.value)
  if ('fields' in asked) return data({ ...asked, values }, { status: 422 })
  const added = await desk.run((ctx) => addSchedule(ctx, asked))
  if (!added.ok) return data({ problem: added.error, values }, { status: 422 })
  return redirectWithToast(request, desk.path, 'saved')
}

/** What a refused form shows again. */
function typedIn({ what, rhythm, handover, mails }: ScheduleForm): Readonly<Record<string, string>> {
  return { what: what ?? '', rhythm: rhythm ?? '', handover: handover ?? '', mails: mails ?? '' }
}

async function askedFor(
  request: Request,
  { accountId, offered }: Desk,
  form: ScheduleForm,
): Promise<AddScheduleInput | { fields: Record<string, string> }> {
  const { what, rhythm = 'monthly', handover: delivery = 'mail' } = form
  const mails = delivery === 'mail' ? typedMails(form.mails ?? '') : []
  if (!what || !offered.includes(what)) return { fields: { what: 'required' } }
  const wish = scheduledWishes[what]
  if (wish.kind === 'accounting' && rhythm === 'daily') return { fields: { rhythm: 'monthly-only' } }
  if (!mails || (delivery === 'mail' && mails.length === 0)) return { fields: { mails: mails ? 'required' : 'mails' } }
  const language = await languageOf(request, await tenantOf(request))
  return { ...wish, accountId, rhythm, delivery, mails, language }
}
