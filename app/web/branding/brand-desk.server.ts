import { data } from '@remix-run/node'
import type { z } from 'zod'
import { guardContrast } from '#app/brand/contrast-guard.ts'
import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { type BrandDesk, discardBrandDraft, openBrandDesk, saveBrandDraft } from '#app/services/brand/edit-brand.server.ts'
import { publishBrand, rollBackBrand } from '#app/services/brand/publish-brand.server.ts'
import type { MadePictures } from '#app/services/brand/store-pictures.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandPorts, forgetBrand } from '#app/wiring.server.ts'
import { asStaff, staffOf } from '../request/as-staff.server.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { textsIn } from '../request/texts-in.ts'
import { brandOf, contentOf } from './brand.server.ts'

/** The draft of the brand as the editor shows it. @throws 403 for who may not change it. */
export function brandDesk(request: Request): Promise<BrandDesk> {
  return asStaff(request, 'brand:write', (ctx, { tenant }) => openBrandDesk(ctx, contentOf(brandOf(tenant))))
}

/** Which pairs of colours fall short, and the nearest accent with which none does. */
export function contrastOf({ look }: BrandContent) {
  const { violations, fixedAccent } = guardContrast(look)
  const shown = violations.map(({ scheme, foreground, background, contrast, required }) => ({
    scheme,
    foreground,
    background,
    contrast: contrast.toFixed(2),
    required,
  }))
  return { violations: shown, fixedAccent }
}

type Section<Schema extends z.ZodObject> = {
  readonly schema: Schema
  /** Where the editor goes on. */
  readonly path: string
  /** What of the brand the form changes, given the brand as it stands. */
  readonly change: (form: z.output<Schema>, now: BrandContent) => Partial<BrandContent>
  readonly pictures?: readonly MadePictures[]
}

/** Saves one section of the editor in the draft, or says what is wrong with it. */
export async function saveSection<Schema extends z.ZodObject>(request: Request, { schema, path, change, pictures = [] }: Section<Schema>) {
  const form = await parseForm(request, schema)
  if (!form.ok) return data({ fields: form.error, values: form.values, problem: undefined }, { status: 422 })
  const { content: now } = await brandDesk(request)
  const saved = await asStaff(request, 'brand:write', (ctx, { tenant }) =>
    saveBrandDraft(ctx, {
      neutral: contentOf(brandOf(tenant)),
      revision: Number(form.value.revision),
      change: change(form.value, now),
      pictures: pictures.flatMap(({ rows }) => rows),
    }),
  )
  if (!saved.ok) return data({ fields: {}, values: textsIn(Object.entries(form.value)), problem: saved.error }, { status: 409 })
  return redirectWithToast(request, path, 'brand.saved')
}

/** Publishes the draft: the store wears it with the next page. */
export async function publishDraft(request: Request, revision: number) {
  const { tenant, actor } = await staffOf(request, 'brand:write')
  const published = await publishBrand(processOf(tenant.tenantId, brandPorts(), actor), revision)
  if (published.ok) forgetBrand(tenant.slug)
  return published
}

/** Brings an earlier version back as a new one. */
export async function bringBack(request: Request, number: number) {
  const { tenant, actor } = await staffOf(request, 'brand:write')
  const published = await rollBackBrand(processOf(tenant.tenantId, brandPorts(), actor), number)
  if (published.ok) forgetBrand(tenant.slug)
  return published
}

/** Throws the draft away. */
export function discardDraft(request: Request, revision: number) {
  return asStaff(request, 'brand:write', (ctx) => discardBrandDraft(ctx, revision))
}
