import { toOwnImage, usableImage } from '#app/db/cloud/own-images.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { OwnImage } from '#app/domain/cloud/own-image.ts'

const most = 100

/** The private images of an account that servers can begin from, by name; those that something is being done with are left out. */
export async function listImagesForOrder({ db, tenantId }: TenantContext, accountId: string): Promise<OwnImage[]> {
  const rows = await db.resource.findMany({
    where: { ...usableImage, tenantId, accountId },
    select: { id: true, name: true, zone: true, spec: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: most,
  })
  return rows.map(toOwnImage)
}
