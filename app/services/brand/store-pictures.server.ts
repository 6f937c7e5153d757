import { createHash } from 'node:crypto'
import type { BrandPictureRow } from '#app/db/sellers/brands.server.ts'
import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CleanPicture, PictureProblem } from '#app/ports/picture-press.ts'
import type { BrandPorts } from './brand-ports.ts'

/** Where a picture stands in a brand. */
export type PicturePlace = 'light' | 'dark' | 'favicon'

export type MadePictures = { readonly logo: BrandContent['logo']; readonly rows: readonly BrandPictureRow[] }

/** Makes what a brand shows of one upload: the picture itself, of a favicon its sizes too. Nothing is kept yet. */
export async function makePictures(
  { press }: BrandPorts,
  place: PicturePlace,
  upload: Uint8Array,
): Promise<Result<MadePictures, PictureProblem>> {
  const clean = await press.clean(upload)
  if (!clean.ok) return clean
  const picture = rowOf(clean.value)
  if (place !== 'favicon') return ok({ logo: { [place]: picture.name }, rows: [picture] })
  try {
    const [small, middle, large] = (await press.icons(clean.value)).map((content) => rowOf({ content, kind: 'png' }))
    if (!small || !middle || !large) return err('picture-unreadable')
    return ok({ logo: { favicon: picture.name, icons: [small.name, middle.name, large.name] }, rows: [picture, small, middle, large] })
  } catch {
    // A drawing that cannot be drawn is found here at the latest.
    return err('picture-unreadable')
  }
}

/** A picture under the name that its content gives it. */
export function rowOf({ content, kind }: CleanPicture): BrandPictureRow {
  return { name: `${createHash('sha256').update(content).digest('hex').slice(0, 32)}.${kind}`, content }
}
