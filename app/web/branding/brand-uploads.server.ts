import { type MadePictures, makePictures, type PicturePlace } from '#app/services/brand/store-pictures.server.ts'
import { brandPorts } from '#app/wiring.server.ts'
import { staffOf } from '../request/as-staff.server.ts'

const places = ['light', 'dark', 'favicon'] as const satisfies readonly PicturePlace[]

export type UploadedPictures =
  | { readonly ok: true; readonly made: readonly MadePictures[] }
  | { readonly ok: false; readonly fields: Readonly<Record<string, string>> }

/** The pictures a form of the editor brings, made anew; or what is wrong with each. @throws 403 for who may not change the brand. */
export async function uploadedPictures(request: Request): Promise<UploadedPictures> {
  await staffOf(request, 'brand:write')
  const body = await request.clone().formData()
  const made: MadePictures[] = []
  const fields: Record<string, string> = {}
  for (const place of places) {
    const file = body.get(place)
    if (!(file instanceof File) || file.size === 0) continue
    const picture = await makePictures(brandPorts(), place, new Uint8Array(await file.arrayBuffer()))
    if (picture.ok) made.push(picture.value)
    else fields[place] = picture.error
  }
  return Object.keys(fields).length > 0 ? { ok: false, fields } : { ok: true, made }
}
