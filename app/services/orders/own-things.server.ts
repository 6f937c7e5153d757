import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import { findOwnImage } from '#app/db/cloud/own-images.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { findSshKey } from '#app/db/people/ssh-keys.server.ts'
import { isImageFit, type OwnImage } from '#app/domain/cloud/own-image.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { cloudAbove } from '../clouds/cloud-above.server.ts'
import type { CloudPorts } from '../clouds/cloud-ports.ts'
import type { OrderLine } from './order-choice.ts'
import type { ChainedOrder } from './order-upstream.server.ts'

type KeyWish = Pick<OrderLine, 'sshKey' | 'sshKeyId'> & { readonly accountId: string; readonly userId: string | null }

/** The text of the key that goes on a server: of the stored one that is chosen, which must be the buyer's own, else as typed. */
export async function keyForServer(
  ctx: TenantContext,
  { sshKey, sshKeyId, accountId, userId }: KeyWish,
): Promise<Result<string | undefined, 'ssh-key-gone'>> {
  if (!sshKeyId) return ok(sshKey)
  const stored = userId === null ? null : await findSshKey(ctx, { id: sshKeyId, accountId, userId })
  return stored ? ok(stored.publicKey) : err('ssh-key-gone')
}

/** The buyer's private image of that id, where a server with such a disk can begin from it there; null for anything else. */
export async function imageForServer(
  ctx: TenantContext,
  { id, accountId, ...server }: { readonly id: string; readonly accountId: string; readonly zone: string; readonly diskGib: number },
): Promise<OwnImage | null> {
  const image = await findOwnImage(ctx, { id, accountId })
  return image && isImageFit(image, server) ? image : null
}

type OrderedImage = { readonly cloudRef: string; readonly ref: string; readonly isThere: boolean }

/** The private image that an order is to be built from, as its cloud calls it, whatever became of it; null where it names none. */
export async function orderedImage(ctx: TenantContext, orderId: string): Promise<OrderedImage | null> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: orderId } },
    select: { accountId: true, input: true },
  })
  const { imageId } = order.input as { imageId?: string }
  if (!imageId) return null
  const image = await findResource(ctx, imageId)
  if (image?.kind !== 'image' || image.accountId !== order.accountId) return { cloudRef: '', ref: imageId, isThere: false }
  return { cloudRef: image.cloudRef, ref: image.externalId, isThere: image.state === 'ready' && image.pendingAction === null }
}

/** Whether the image that a buyer's order is to be built from is still in the cloud that builds it; true for the seller's own. */
export async function isImageThere(ports: CloudPorts, { tenantId, orderId }: ChainedOrder): Promise<boolean> {
  const image = await inTenant(tenantId, (ctx) => orderedImage(ctx, orderId))
  if (!image) return true
  const cloud = await cloudAbove(ports, tenantId)
  if (!image.isThere || cloud?.cloudRef !== image.cloudRef || !cloud.capabilities.includes('images')) return false
  return (await cloud.driver.getThing(image.ref))?.state === 'ready'
}
