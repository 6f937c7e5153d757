import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type RequestSyncInput = { readonly cloudConnectionId: string }
export type RequestSyncError = 'cloud-not-found' | 'cloud-without-metering'

/** Half-open span of UTC instants. */
export type RequestedSync = { readonly from: Date; readonly to: Date }

const dayMs = 86_400_000
const minuteMs = 60_000
const trailingDays = 35

/**
 * Asks for the usage of one cloud now instead of at its next turn; a job fetches it. The trailing window ends at a whole
 * minute: to ask twice within it is to ask once. Refuses a cloud the tenant does not have, and one that only takes files.
 */
export async function requestSync(
  ctx: TenantContext,
  { cloudConnectionId }: RequestSyncInput,
): Promise<Result<RequestedSync, RequestSyncError>> {
  const { db, tenantId, now } = ctx
  const cloud = await db.cloudConnection.findUnique({
    where: { tenantId_id: { tenantId, id: cloudConnectionId } },
    select: { adapter: true },
  })
  if (!cloud) return err('cloud-not-found')
  if (cloud.adapter === 'file') return err('cloud-without-metering')

  const to = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs)
  const from = new Date(to.getTime() - trailingDays * dayMs)
  const data = { tenantId, cloudConnectionId, from: from.toISOString(), to: to.toISOString() }
  await enqueue(ctx, { name: 'usage/sync.requested', data, key: `${cloudConnectionId}:${data.to}` })
  await audit(ctx, {
    action: 'usage.sync-requested',
    subjectKind: 'cloud-connection',
    subjectId: cloudConnectionId,
    detail: { from: data.from, to: data.to },
  })
  return ok({ from, to })
}
