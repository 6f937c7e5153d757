import { audit } from '#app/db/audit.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { markStep } from '#app/db/orders/orders.server.ts'
import { appPortsOf } from '#app/domain/apps/app-ports.ts'
import { type CloudPorts, drivableConnection } from '../clouds/cloud-ports.ts'
import type { ChainedOrder } from './order-upstream.server.ts'
import { orderedImage } from './own-things.server.ts'

type Ordered = { readonly image?: string; readonly items?: readonly { readonly productId: string }[] }

/** The ports at which the apps of an order are to answer before its server is handed over, and what that is built from. */
export async function appsOfOrder({ tenantId, orderId }: ChainedOrder): Promise<{ readonly ports: number[]; readonly image: string }> {
  return inTenant(tenantId, async (ctx) => {
    const order = await ctx.db.order.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: orderId } },
      select: { productId: true, input: true },
    })
    const { image, items = [{ productId: order.productId }] } = order.input as Ordered
    const sources = await ctx.db.product.findMany({
      where: { tenantId, id: { in: items.map(({ productId }) => productId) } },
      select: { kind: true, spec: true },
      orderBy: { id: 'asc' },
      take: 1_000,
    })
    const own = await orderedImage(ctx, orderId)
    return { ports: appPortsOf(sources, own ? undefined : image), image: own?.ref ?? image ?? '' }
  })
}

type Called = { readonly ref: string; readonly ports: readonly number[] }

/** The ports of a server at which nothing answers. Throws when the cloud does not answer: the job retries. */
export async function silentPorts(clouds: CloudPorts, top: ChainedOrder, { ref, ports }: Called): Promise<number[]> {
  const connection = await inTenant(top.tenantId, drivableConnection)
  const driver = clouds.driverFor(connection)
  const silent: number[] = []
  for (const port of ports) if (!(await driver.answersAt(ref, port))) silent.push(port)
  return silent
}

/** Says on the order, and to the seller's staff, that apps of its server do not answer. Safe to repeat. */
export async function noteSilence({ tenantId, orderId }: ChainedOrder, ports: readonly number[]): Promise<void> {
  await inTenant(tenantId, async (ctx) => {
    await markStep(ctx, orderId, 'answering', 'failed')
    await audit(ctx, { action: 'order.apps-silent', subjectKind: 'order', subjectId: orderId, detail: { ports: [...ports] } })
  })
}

/** Begins a server anew whose apps do not answer, where its cloud offers that: nobody has put anything on it yet. */
export async function reinstall(clouds: CloudPorts, top: ChainedOrder, { ref, image }: { readonly ref: string; readonly image: string }) {
  const connection = await inTenant(top.tenantId, drivableConnection)
  await clouds.driverFor(connection).parts.rebuild?.(ref, image)
}

/**
 * Takes a server away in its cloud that is not handed over. At every level it counts as gone since its beginning, so that what it used
 * meanwhile is charged to nobody. Safe to repeat.
 */
export async function discardServer(clouds: CloudPorts, chain: readonly ChainedOrder[], ref: string): Promise<void> {
  const top = chain.at(-1)
  if (!top) return
  const connection = await inTenant(top.tenantId, drivableConnection)
  await clouds.driverFor(connection).destroyServer(ref)
  for (const { tenantId, orderId } of chain) {
    await inTenant(
      tenantId,
      ({ db }) => db.$executeRaw`
        update resources r set deleted_at = r.created_at from orders o
        where r.tenant_id = ${tenantId}::uuid and o.tenant_id = r.tenant_id and o.id = ${orderId}::uuid and r.id = o.resource_id`,
    )
  }
}
