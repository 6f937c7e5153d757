import { z } from 'zod'
import { readJsonText } from '#app/domain/pricing/plan-file/json-text.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { readPlanDraft } from '#app/reports/plans/draft.server.ts'
import { readPlanForm } from '#app/reports/plans/plan-of-form.server.ts'
import { type ActivatePlanDraftError, activatePlanDraft } from '#app/services/pricing/activate-plan-draft.server.ts'
import { discardPlanDraft } from '#app/services/pricing/discard-plan-draft.server.ts'
import { type SavePlanDraftError, savePlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { type SubmitPlanDraftError, submitPlanDraft } from '#app/services/pricing/submit-plan-draft.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { type PreviewData, previewData } from './preview-data.server.ts'

const DraftForm = z.object({
  intent: z.enum(['save', 'preview', 'submit', 'activate', 'discard', 'import']).default('save'),
  activateOn: z.iso.date('invalid').optional(),
  reason: z.string().trim().max(200, 'too-long').optional(),
  json: z.string().max(400_000, 'too-long').optional(),
})
type Typed = z.output<typeof DraftForm>

type DraftProblem = 'invalid' | 'not-json' | SavePlanDraftError | SubmitPlanDraftError | ActivatePlanDraftError
export type DraftAnswer =
  | { readonly toast: string; readonly path: string }
  | { readonly problem: DraftProblem; readonly line?: number }
  | { readonly preview: PreviewData; readonly plan: object }

const list = '/office/pricing/plans'

/** Does what the pressed button says. Only a look at what is typed needs no right to write. */
export async function actOnDraft(request: Request, draftId: string): Promise<DraftAnswer> {
  const copy = request.clone()
  const form = await parseForm(request, DraftForm)
  if (!form.ok) return { problem: 'invalid' }
  const { intent } = form.value
  const path = `${list}/${draftId}`
  if (intent === 'preview') return lookAtTyped(request, draftId, await copy.formData())
  if (intent === 'save') {
    const typed = await copy.formData()
    return save(request, draftId, (ctx) => readPlanForm(ctx, typed))
  }
  if (intent === 'import') return importPlan(request, draftId, form.value.json ?? '')
  if (intent === 'submit') return submit(request, draftId, form.value)
  if (intent === 'activate') {
    const activated = await asStaff(request, 'price:approve', (ctx) => activatePlanDraft(ctx, { draftId }))
    return activated.ok ? { toast: 'plan.activated', path } : { problem: activated.error }
  }
  const discarded = await asStaff(request, 'catalog:write', (ctx) => discardPlanDraft(ctx, { draftId }))
  return discarded.ok ? { toast: 'plan.discarded', path: list } : { problem: discarded.error }
}

/** What the plan as it is typed in `form` would charge. */
export function lookAtTyped(request: Request, draftId: string, form: FormData): Promise<{ preview: PreviewData; plan: object }> {
  return asStaff(request, 'catalog:read', async (ctx) => {
    const { priceBookId, activateAt } = orNotFound(await readPlanDraft(ctx, draftId))
    const plan = await readPlanForm(ctx, form)
    return { preview: await previewData(ctx, { priceBookId, plan, at: activateAt ?? ctx.now }, form), plan }
  })
}

async function save(request: Request, draftId: string, planOf: (ctx: StaffContext) => Promise<object>): Promise<DraftAnswer> {
  const saved = await asStaff(request, 'catalog:write', async (ctx) => savePlanDraft(ctx, { draftId, plan: await planOf(ctx) }))
  return saved.ok ? { toast: 'plan.saved', path: `${list}/${draftId}` } : { problem: saved.error }
}

async function importPlan(request: Request, draftId: string, text: string): Promise<DraftAnswer> {
  const read = readJsonText(text)
  if (!read.ok) return { problem: 'not-json', line: read.line }
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'not-json', line: 1 }
  return save(request, draftId, async () => value)
}

/** A plan for today counts from when somebody activates it. */
function beginningOf(day: string, { zone, now }: { zone: string; now: Date }): Date {
  const start = startOfDay(day, zone)
  return day === localDateOf(now, zone) ? now : start
}

async function submit(request: Request, draftId: string, { activateOn, reason }: Typed): Promise<DraftAnswer> {
  if (!activateOn) return { problem: 'invalid' }
  const result = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    submitPlanDraft(ctx, { draftId, activateAt: beginningOf(activateOn, { zone: tenant.timeZone, now: ctx.now }), reason: reason || null }),
  )
  return result.ok ? { toast: 'plan.submitted', path: `${list}/${draftId}` } : { problem: result.error }
}
