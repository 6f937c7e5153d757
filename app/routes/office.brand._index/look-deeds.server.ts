import { data } from '@remix-run/node'
import { z } from 'zod'
import { type BrandContent, BrandLook, homeSections } from '#app/domain/brand/brand-content.ts'
import type { MadePictures } from '#app/services/brand/store-pictures.server.ts'
import { contrastOf, saveSection } from '#app/web/branding/brand-desk.server.ts'
import { revision } from '#app/web/branding/brand-fields.ts'
import { uploadedPictures } from '#app/web/branding/brand-uploads.server.ts'

const { accent, neutralTint, font, density } = BrandLook.shape
const gone = z.literal('on').optional()
const placeOf = z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(homeSections.length, 'invalid')

const LookForm = z.object({
  revision,
  intent: z.enum(['save', 'fix']).default('save'),
  name: z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(50, 'too-long')
    .regex(/^[^\r\n<>]*$/, 'plain-text'),
  accent: z.string('required').trim().toLowerCase().pipe(accent),
  neutralTint: z.string('required').trim().toLowerCase().pipe(neutralTint),
  radius: z.coerce.number('invalid').pipe(BrandLook.shape.radius),
  font,
  density,
  lightGone: gone,
  darkGone: gone,
  faviconGone: gone,
  ...(Object.fromEntries(homeSections.map((section) => [`place-${section}`, placeOf])) as Record<
    `place-${(typeof homeSections)[number]}`,
    typeof placeOf
  >),
})
type LookForm = z.output<typeof LookForm>

/** Saves look, pictures and order of the home; or sets the nearest accent that everybody can read. */
export async function saveLook(request: Request) {
  const uploads = await uploadedPictures(request)
  if (!uploads.ok) return data({ fields: uploads.fields, values: {}, problem: undefined }, { status: 422 })
  return saveSection(request, {
    schema: LookForm,
    path: '/office/brand',
    pictures: uploads.made,
    change: (form, now) => changeOf(form, now, uploads.made),
  })
}

function changeOf(form: LookForm, now: BrandContent, made: readonly MadePictures[]): Partial<BrandContent> {
  const look = { accent: form.accent, neutralTint: form.neutralTint, radius: form.radius, font: form.font, density: form.density }
  const { fixedAccent } = form.intent === 'fix' ? contrastOf({ ...now, look }) : {}
  const kept = {
    ...(form.lightGone ? {} : { light: now.logo.light }),
    ...(form.darkGone ? {} : { dark: now.logo.dark }),
    ...(form.faviconGone ? {} : { favicon: now.logo.favicon, icons: now.logo.icons }),
  }
  const logo: BrandContent['logo'] = Object.assign({}, kept, ...made.map((one) => one.logo))
  return { name: form.name, look: { ...look, ...(fixedAccent ? { accent: fixedAccent } : {}) }, logo, home: orderOf(form) }
}

/** Sections by their place; of two at one place the usual order decides, and what has no place is not shown. */
function orderOf(form: LookForm): BrandContent['home'] {
  const placed = homeSections
    .map((section, usual) => ({ section, place: form[`place-${section}`], usual }))
    .filter(({ place }) => place > 0)
  return placed.toSorted((a, b) => a.place - b.place || a.usual - b.usual).map(({ section }) => section)
}
