import { chainFrom, type Level } from '#app/db/chain.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import type { CloudCapability } from '#app/domain/cloud/capabilities.ts'
import type { CloudDriver } from '#app/ports/cloud-driver.ts'
import { type CloudPorts, capabilitiesOf, findDrivable } from './cloud-ports.ts'

/** The cloud that a tenant's buyers have their things in, and the sellers between, nearest first. */
export type CloudAbove = {
  readonly cloudRef: string
  readonly driver: CloudDriver
  readonly capabilities: readonly CloudCapability[]
  readonly chain: readonly Level[]
}

/** The cloud that the top of the chain builds in; null when it builds in none. */
export async function cloudAbove(ports: CloudPorts, tenantId: string): Promise<CloudAbove | null> {
  const chain = await chainFrom(tenantId)
  const top = chain.at(-1)
  const connection = top && (await inTenant(top.tenantId, findDrivable))
  if (!connection) return null
  return { cloudRef: connection.id, driver: ports.driverFor(connection), capabilities: capabilitiesOf(ports, connection), chain }
}
