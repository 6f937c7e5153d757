import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { templateStates } from '#app/domain/apps/app-template.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { moveTemplate, removeTier, saveTier, translateTemplate } from '#app/services/apps/save-template.server.ts'
import { fieldOfTier, readTierForm } from '#app/web/desks/tier-form.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'

const language = z.enum(supportedLanguages, 'not-offered')
const TextForm = z.object({
  language,
  name: z.string().trim().max(120, 'too-long').default(''),
  description: z.string().trim().max(2_000, 'too-long').default(''),
})
const StateForm = z.object({ state: z.enum(templateStates, 'not-offered') })

type Refused = {
  readonly intent: 'text' | 'tier'
  readonly fields: FieldErrors
  readonly values: Readonly<Record<string, string>>
}
export type TemplateAnswer = Refused | { readonly problem: string }
type Saved = { readonly redirect: Response } | { readonly answer: TemplateAnswer; readonly status: number }

/** Saves what the form named by `intent` in the address says. */
export async function saveTemplate(request: Request, templateId: string): Promise<Saved> {
  const search = new URL(request.url).searchParams
  const path = `/office/catalog/apps/${templateId}`
  switch (search.get('intent')) {
    case 'state':
      return move(request, { templateId, path })
    case 'text':
      return translate(request, { templateId, path })
    case 'remove-tier': {
      await parseForm(request, z.object({}))
      const gone = search.get('tier') ?? ''
      return answered(await asStaff(request, 'catalog:write', (ctx) => removeTier(ctx, { templateId, code: gone })), path)
    }
    default:
      return keepTier(request, { templateId, path })
  }
}

type Template = { readonly templateId: string; readonly path: string }

async function move(request: Request, { templateId, path }: Template): Promise<Saved> {
  const form = await parseForm(request, StateForm)
  if (!form.ok) return { answer: { problem: 'state-not-reachable' }, status: 422 }
  return answered(await asStaff(request, 'catalog:write', (ctx) => moveTemplate(ctx, { templateId, ...form.value })), path)
}

async function translate(request: Request, { templateId, path }: Template): Promise<Saved> {
  const form = await parseForm(request, TextForm)
  if (!form.ok) return { answer: { intent: 'text', fields: form.error, values: form.values }, status: 422 }
  const { language: to, name, description } = form.value
  const done = await asStaff(request, 'catalog:write', (ctx, { tenant }) =>
    translateTemplate(ctx, { templateId, language: to, ownLanguage: tenant.language, name, description }),
  )
  if (!done.ok && done.error === 'name-missing')
    return { answer: { intent: 'text', fields: { name: 'required' }, values: {} }, status: 422 }
  return answered(done, `${path}?in=${to}`)
}

async function keepTier(request: Request, { templateId, path }: Template): Promise<Saved> {
  const form = await readTierForm(request)
  const { values } = form
  if (!form.ok) return { answer: { intent: 'tier', fields: form.fields, values }, status: 422 }
  const saved = await asStaff(request, 'catalog:write', (ctx) => saveTier(ctx, { templateId, tier: form.tier }))
  const field = saved.ok ? undefined : fieldOfTier(saved.error)
  if (!saved.ok && field) return { answer: { intent: 'tier', fields: { [field]: saved.error }, values }, status: 422 }
  return answered(saved, path)
}

function answered(done: { readonly ok: true } | { readonly ok: false; readonly error: string }, path: string): Saved {
  return done.ok ? { redirect: redirect(path) } : { answer: { problem: done.error }, status: 409 }
}
