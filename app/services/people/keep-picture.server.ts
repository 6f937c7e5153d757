import { createHash } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { pictureFor, savePicture } from '#app/db/people/profiles.server.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { PicturePress, PictureProblem } from '#app/ports/picture-press.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type KeepPictureInput = { readonly userId: string; readonly upload: Uint8Array }

/** Makes a person's picture anew from an upload and keeps it, 256 pixels square; nothing of the file itself is kept. */
export async function keepPicture(
  process: TenantProcess<{ readonly press: Pick<PicturePress, 'portrait'> }>,
  { userId, upload }: KeepPictureInput,
): Promise<Result<{ name: string }, PictureProblem>> {
  const portrait = await process.ports.press.portrait(upload)
  if (!portrait.ok) return portrait
  const content = new Uint8Array(portrait.value)
  const name = `${createHash('sha256').update(content).digest('hex').slice(0, 32)}.webp`
  await process.inTenant(async (ctx) => {
    await savePicture(ctx, userId, { name, content })
    await audit(ctx, { action: 'user.picture-changed', subjectKind: 'user', subjectId: userId })
  })
  return ok({ name })
}

/** Takes a person's picture away. Safe to repeat. */
export async function removePicture(ctx: TenantContext, userId: string): Promise<void> {
  await savePicture(ctx, userId, null)
  await audit(ctx, { action: 'user.picture-removed', subjectKind: 'user', subjectId: userId })
}

/** The picture called `name` as `viewerId` may see it; null otherwise. */
export function pictureShownTo(ctx: TenantContext, query: { viewerId: string; name: string }): Promise<Uint8Array | null> {
  return pictureFor(ctx, query)
}
