import { isDeepStrictEqual } from 'node:util'
import { dropBrandDraft, findBrandDraft, findBrandVersion, keepPictures } from '#app/db/sellers/brands.server.ts'
import { BrandContent, type BrandPack } from '#app/domain/brand/brand-content.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { BrandPorts } from './brand-ports.ts'
import { drawCard, publishContent } from './publish-content.server.ts'
import { type MadePictures, makePictures, type PicturePlace } from './store-pictures.server.ts'

export type ImportBrandInput = {
  readonly pack: BrandPack
  readonly legal: BrandContent['legal']
  readonly pictures: Readonly<Record<PicturePlace, Uint8Array>>
  /** Judges everything and changes nothing. */
  readonly isDryRun?: boolean
}
/** `number` is the version that is worn now; `isNew` tells whether the pack brought anything. */
export type ImportedBrand = { readonly number: number | null; readonly isNew: boolean }
export type ImportBrandProblem = { readonly ok: false; readonly problems: readonly { readonly file: string; readonly message: string }[] }

/**
 * Publishes a brand pack as the seller's brand; what stood before stays in the history, a draft goes. Safe to repeat: the same pack makes no new
 * version.
 */
export async function importBrand(
  process: TenantProcess<BrandPorts>,
  { pack, legal, pictures, isDryRun = false }: ImportBrandInput,
): Promise<{ readonly ok: true; readonly value: ImportedBrand } | ImportBrandProblem> {
  const made = await makeAll(process.ports, pack, pictures)
  if (!made.ok) return made
  const { slug: _, currency: __, zone: ___, ...facts } = pack
  const content = BrandContent.parse({ ...facts, legal, logo: Object.assign({}, ...made.value.map(({ logo }) => logo)) })

  const standing = await process.inTenant((ctx) => findBrandVersion(ctx))
  const isNew = !isDeepStrictEqual(standing?.content, content)
  if (isDryRun || !isNew) return ok({ number: standing?.number ?? null, isNew })

  const light = made.value[0]?.rows[0]
  const logo = light ? ({ content: light.content, kind: light.name.endsWith('.svg') ? 'svg' : 'png' } as const) : null
  const card = await drawCard(process.ports, { content, logo })
  const published: Result<number, string> = await process.inTenant(async (ctx) => {
    await keepPictures(
      ctx,
      made.value.flatMap(({ rows }) => rows),
    )
    const draft = await findBrandDraft(ctx)
    if (draft) await dropBrandDraft(ctx, draft.revision)
    return publishContent(ctx, { content, card, restoredFrom: null })
  })
  return published.ok ? ok({ number: published.value, isNew }) : { ok: false, problems: [{ file: 'brand.json', message: published.error }] }
}

async function makeAll(
  ports: BrandPorts,
  { logo, look }: BrandPack,
  pictures: ImportBrandInput['pictures'],
): Promise<{ readonly ok: true; readonly value: readonly MadePictures[] } | ImportBrandProblem> {
  const places = ['light', 'dark', 'favicon'] as const
  const made = await Promise.all(places.map((place) => makePictures(ports, place, pictures[place])))
  const problems = made.flatMap((one, at) =>
    one.ok ? [] : [{ file: `assets/${logo[places[at] ?? 'light']}`, message: one.error as string }],
  )
  if (!ports.isLegible(look)) problems.push({ file: 'brand.json', message: 'look: the colours are not legible' })
  if (problems.length > 0) return { ok: false, problems }
  return ok(made.flatMap((one) => (one.ok ? [one.value] : [])))
}
