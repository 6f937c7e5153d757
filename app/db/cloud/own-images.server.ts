import type { OwnImage } from '#app/domain/cloud/own-image.ts'
import { ImageSpec } from '#app/domain/cloud/resource-specs.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import type { TenantContext } from '../context.server.ts'

/** Resources that servers can begin from: private images that nothing is being done with. */
export const usableImage = { kind: 'image', state: 'ready', pendingAction: null } as const

/** A row of such a resource. */
export function toOwnImage({ spec, ...image }: Omit<OwnImage, 'sizeGib'> & { readonly spec: unknown }): OwnImage {
  return { ...image, sizeGib: ImageSpec.parse(spec).sizeGib }
}

/** The private image of an account by its id, while a server can begin from it; null for anything else. */
export async function findOwnImage(
  { db, tenantId }: TenantContext,
  { accountId, id }: { readonly accountId: string; readonly id: string },
): Promise<OwnImage | null> {
  if (!Uuid.safeParse(id).success) return null
  const row = await db.resource.findFirst({
    where: { ...usableImage, tenantId, accountId, id },
    select: { id: true, name: true, zone: true, spec: true },
  })
  return row && toOwnImage(row)
}
