import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { activateChain, attachChain, checkServer, createServer } from '#app/services/orders/provision-order.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'

/** What the job does with a piece that was ordered, at every level; `passes` lets the time go by in which the cloud builds, and tells what it is then. */
export async function buildOrdered(
  { tenantId, orderId }: { readonly tenantId: string; readonly orderId: string },
  passes: () => Date,
): Promise<void> {
  const upstream = await orderUpstream({ tenantId, orderId })
  if (!upstream.ok) throw new Error(upstream.error)
  const chain = upstream.value
  const server = await createServer(cloudPorts, chain)
  await attachChain(chain, server)
  const at = passes()
  await activateChain(chain, await checkServer(cloudPorts, chain.at(-1) ?? { tenantId, orderId }, server?.ref ?? ''), at)
}
