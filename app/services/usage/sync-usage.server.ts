import { asSystem, inTenant } from '#app/db/context.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type CloudPorts, readConnection } from '../clouds/cloud-ports.ts'
import { processOf } from '../tenant-process.server.ts'
import { receiveUsage } from './receive-usage.server.ts'

export type SyncUsageInput = { readonly tenantId: string; readonly cloudConnectionId: string; readonly from: string; readonly to: string }

/**
 * Fetches the usage of a cloud connection over `[from, to)` and keeps what is new of it. The same period again goes on with
 * the same batch. Throws when the cloud does not answer: the job retries, and nothing is kept twice.
 */
export async function syncUsage(ports: CloudPorts, input: SyncUsageInput): Promise<{ batchId: string; stored: number }> {
  const connection = await inTenant(input.tenantId, (ctx) => readConnection(ctx, input.cloudConnectionId))
  invariant(connection, `no cloud connection ${input.cloudConnectionId}`)
  const pages = ports.usageOf(connection).fetchUsage({ from: new Date(input.from), to: new Date(input.to) })
  const sourceKey = `sync:${connection.id}:${input.from}:${input.to}`
  const received = await receiveUsage(processOf(input.tenantId, ports), { sourceKey, cloudConnectionId: connection.id, pages })
  await inTenant(input.tenantId, ({ db, tenantId, now }) =>
    db.cloudConnection.updateMany({ where: { tenantId, id: connection.id }, data: { lastSyncedAt: now } }),
  )
  return received
}

export type DueSync = { readonly tenantId: string; readonly cloudConnectionId: string }

/** Every connection with metering of its own, over all tenants: what a schedule visits. */
export async function connectionsToSync(): Promise<DueSync[]> {
  return asSystem('usage sync fan-out', async (db) => {
    const rows = await db.$queryRaw<DueSync[]>`
      select c.tenant_id as "tenantId", c.id as "cloudConnectionId" from cloud_connections c where c.adapter <> 'file' order by c.tenant_id, c.id`
    return rows
  })
}
