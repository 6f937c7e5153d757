import { findServer, type ServerIdentity } from '#app/db/cloud/resources.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { markSettled, rememberRunning, type SuspensionState, suspensionAt } from '#app/db/subscriptions/service-suspensions.server.ts'
import type { CloudPorts } from '../clouds/cloud-ports.ts'
import { performInCloud, showServerAction } from '../servers/perform-server-action.server.ts'

export type SettleSuspensionInput = { readonly tenantId: string; readonly resourceId: string }

/** A server at one level: its row there, and the tenant below that has it as well. */
type Place = SuspensionState & { readonly tenantId: string; readonly resourceId: string; readonly below: string | null }

const deepest = 20

/**
 * Makes the cloud agree with what is noted of a server: stopped while it is suspended at this level or below, started again when nobody
 * suspends it any more and it ran before. Levels below are told that it stands still, never why. Safe to repeat; throws when the cloud
 * does not answer, and the job repeats it.
 */
export async function settleSuspension(ports: CloudPorts, input: SettleSuspensionInput, now: Date): Promise<void> {
  const server = await inTenant(input.tenantId, (ctx) => findServer(ctx, input.resourceId))
  if (!server) return
  const places = await notePlaces(input.tenantId, server.identity)
  const lowest = places.at(-1)
  if (!lowest) return
  const isSuspended = places.some((place) => place.isSuspended)
  const wasRunning = places.some((place) => place.wasRunning)
  if (isSuspended && wasRunning) await atEach(places, rememberRunning)

  const action = isSuspended ? 'stop' : 'start'
  if (server.state !== 'deleted' && (isSuspended || wasRunning)) {
    const performed = await performInCloud(ports, { ...input, action }, now)
    if (performed) await showServerAction(lowest.tenantId, action, performed)
  }
  await atEach(places, markSettled)
}

/** The server at this level and at every level below, each told what the one above does. */
async function notePlaces(tenantId: string, identity: ServerIdentity): Promise<Place[]> {
  const places: Place[] = []
  for (let next: string | null = tenantId; next && places.length < deepest; ) {
    const id: string = next
    const above = places.at(-1)
    const place: Place | null = await inTenant(id, (ctx) => notePlace(ctx, identity, above ? above.isSuspended : null))
    if (place) places.push(place)
    next = place?.below ?? null
  }
  return places
}

async function notePlace(ctx: TenantContext, identity: ServerIdentity, upstreamSuspended: boolean | null): Promise<Place | null> {
  const { tenantId } = ctx
  const server = await ctx.db.resource.findUnique({
    where: { tenantId_cloudRef_externalId: { tenantId, ...identity } },
    select: { id: true, accountId: true, account: { select: { childTenantId: true } } },
  })
  if (!server) return null
  const state = await suspensionAt(ctx, { resourceId: server.id, accountId: server.accountId, upstreamSuspended })
  return { tenantId, resourceId: server.id, below: server.account.childTenantId, ...state }
}

async function atEach(places: readonly Place[], note: (ctx: TenantContext, resourceId: string) => Promise<void>): Promise<void> {
  for (const { tenantId, resourceId } of places) await inTenant(tenantId, (ctx) => note(ctx, resourceId))
}
