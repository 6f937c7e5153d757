import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { type CloudCapability, cloudCapabilities } from '#app/domain/cloud/capabilities.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudDriver, UsageSource } from '#app/ports/cloud-driver.ts'

/** A cloud connection as the wiring needs it to reach the cloud; the secret stays sealed until then. */
export type ConnectedCloud = {
  readonly tenantId: string
  readonly id: string
  readonly adapter: string
  readonly endpoint: string
  readonly apiKey: string | null
  readonly secretCiphertext: Uint8Array | null
}

/** What use cases that reach clouds are given. */
export type CloudPorts = {
  /** Reads the metering of a connection. @throws InvariantError for one without metering of its own (adapter `file`). */
  usageOf(connection: ConnectedCloud): UsageSource
  /** Runs servers in a connection's cloud. @throws InvariantError for one whose adapter cannot. */
  driverFor(connection: ConnectedCloud): CloudDriver
}

/** Adapters that can run servers. */
const drivable = ['simulator']

const columns = { tenantId: true, id: true, adapter: true, endpoint: true, apiKey: true, secretCiphertext: true } as const

/** The tenant's cloud that servers are built in; null when it has none. */
export async function findDrivable(ctx: TenantContext): Promise<ConnectedCloud | null> {
  const row = await ctx.db.cloudConnection.findFirst({
    where: { tenantId: ctx.tenantId, adapter: { in: drivable } },
    select: columns,
    orderBy: { createdAt: 'asc' },
  })
  return row && opened(ctx, row)
}

/** The name of the key is sealed as the secret is; it opens here, the secret where the cloud is reached. */
function opened(ctx: TenantContext, row: ConnectedCloud): ConnectedCloud {
  return { ...row, apiKey: row.apiKey && openField(ctx, 'cloud_connections.api_key', row.id, row.apiKey) }
}

/** The tenant's cloud that servers are built in. @throws InvariantError when it has none. */
export async function drivableConnection(ctx: TenantContext): Promise<ConnectedCloud> {
  const connection = await findDrivable(ctx)
  invariant(connection, 'no cloud connection can build servers')
  return connection
}

/** What a connection's cloud offers beside servers; nothing where it is only metered. */
export function capabilitiesOf(ports: CloudPorts, connection: ConnectedCloud): readonly CloudCapability[] {
  if (!drivable.includes(connection.adapter)) return []
  const { parts } = ports.driverFor(connection)
  return cloudCapabilities.filter((capability) => parts[capability] !== undefined)
}

/** The connection by its id; null when the tenant has none such. */
export async function readConnection(ctx: TenantContext, id: string): Promise<ConnectedCloud | null> {
  const row = await ctx.db.cloudConnection.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row && opened(ctx, row)
}

/** The connection by the name it has in the office; null when the tenant has none such. */
export async function readConnectionNamed(ctx: TenantContext, name: string): Promise<ConnectedCloud | null> {
  const where = { tenantId: ctx.tenantId, name }
  const row = await ctx.db.cloudConnection.findFirst({ where, select: columns, orderBy: { createdAt: 'asc' } })
  return row && opened(ctx, row)
}
