import { z } from 'zod'
import { AppTier } from '#app/domain/apps/app-template.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { line } from '../request/form-fields.ts'
import { type FieldErrors, parseForm } from '../request/parse-form.server.ts'
import { textsIn } from '../request/texts-in.ts'

const { code, imageCode, least, most } = AppTier.shape
const TierForm = z.object({
  language: z.enum(supportedLanguages, 'not-offered').default('en'),
  title: line(60),
  code,
  imageCode,
  least,
  most,
  port: z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(65_535, 'invalid').optional(),
  isPublic: z.literal('on').optional(),
})

type Values = Readonly<Record<string, string>>
export type ReadTier =
  | { readonly ok: true; readonly tier: AppTier; readonly values: Values }
  | { readonly ok: false; readonly fields: FieldErrors; readonly values: Values }

/** The tier that the form of one says, in the office as in the panel; what cannot be is told by its field, with all that was typed. */
export async function readTierForm(request: Request): Promise<ReadTier> {
  const body = await request.clone().formData()
  const values = textsIn(body)
  const form = await parseForm(request, TierForm)
  if (!form.ok) return { ok: false, fields: form.error, values }
  const ticked = (prefix: string) => [...body.keys()].flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : []))
  const { language, title, port, isPublic, ...facts } = form.value
  const tier = AppTier.safeParse({
    ...facts,
    name: { [language]: title },
    port: port ?? null,
    isPublic: isPublic === 'on',
    planCodes: ticked('plan-'),
    talksTo: ticked('talks-'),
  })
  return tier.success ? { ok: true, tier: tier.data, values } : { ok: false, fields: { planCodes: 'required' }, values }
}

/** The field of the form that a refusal is about; undefined for one that is about all tiers. */
export function fieldOfTier(problem: string): string | undefined {
  return fields[problem]
}

const fields: Readonly<Record<string, string>> = {
  'plan-not-there': 'planCodes',
  'size-not-offered': 'planCodes',
  'no-common-place': 'planCodes',
  'image-not-there': 'imageCode',
  'no-firewall': 'port',
  'least-over-most': 'most',
  'too-many-pieces': 'least',
  'talks-to-nobody': 'talksTo',
  'talks-to-deaf': 'talksTo',
}
