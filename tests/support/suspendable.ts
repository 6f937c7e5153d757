import { v7 } from 'uuid'
import { clock } from '#app/config/clock.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { ServerAction } from '#app/domain/cloud/server-actions.ts'
import { applyHolds, applyStandingHolds } from '#app/services/holds/apply-holds.server.ts'
import { settleSuspension } from '#app/services/holds/settle-suspension.server.ts'
import { performInCloud, showServerAction } from '#app/services/servers/perform-server-action.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'

/** An account that has a server, and what the server is called at its level. */
export type Holder = { readonly tenantId: string; readonly accountId: string }
export type BuiltServer = { readonly ref: string; readonly ids: readonly string[] }

/** A cloud of the provider in which servers can be built. Returns its id. */
export async function buildCloud(tenantId: string): Promise<string> {
  const id = v7()
  const cloud = { name: 'Simulator', adapter: 'simulator', endpoint: 'simulator:', billedServerMeter: 'running' }
  await inTenant(tenantId, ({ db, now }) => db.cloudConnection.createMany({ data: [{ tenantId, id, ...cloud, createdAt: now }] }))
  return id
}

/** A running server in the provider's cloud that stands at every level of `holders`, the lowest first. */
export async function buildServer(cloudRef: string, name: string, holders: readonly Holder[]): Promise<BuiltServer> {
  const top = holders.at(-1)
  if (!top) throw new Error('buildServer: nobody holds it')
  const driver = cloudPorts.driverFor({
    tenantId: top.tenantId,
    id: cloudRef,
    adapter: 'simulator',
    endpoint: 'simulator:',
    apiKey: null,
    secretCiphertext: null,
  })
  const size = { cpuNumber: 1, memoryMib: 1024, diskGib: 20 }
  const built = await driver.createServer({
    idempotencyKey: v7(),
    name,
    image: 'debian-12',
    zone: 'fra-1',
    ownerAccountId: top.accountId,
    ...size,
  })
  const ids: string[] = []
  for (const { tenantId, accountId } of holders) {
    const id = v7()
    const identity = { cloudRef, externalId: built.ref }
    const server = { kind: 'server', name, state: 'running', zone: 'fra-1', spec: {}, isManaged: true }
    await inTenant(tenantId, ({ db, now }) =>
      db.resource.createMany({ data: [{ tenantId, id, accountId, ...identity, ...server, createdAt: now }] }),
    )
    ids.push(id)
  }
  return { ref: built.ref, ids }
}

/** State of a server at one level. */
export async function stateAt(tenantId: string, resourceId: string): Promise<string> {
  const { state } = await inTenant(tenantId, ({ db }) =>
    db.resource.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: resourceId } } }),
  )
  return state
}

/** What the jobs do with the events that wait in the outbox of these tenants, until none is left. */
export async function work(tenantIds: readonly string[]): Promise<void> {
  for (let isBusy = true; isBusy; ) {
    isBusy = false
    for (const tenantId of tenantIds) {
      const events = await inTenant(tenantId, takeEvents)
      for (const { name, data } of events) await handle(name, data)
      isBusy ||= events.length > 0
    }
  }
}

/** What the hourly look does. */
export async function lookAgain(tenantIds: readonly string[]): Promise<void> {
  for (const tenantId of tenantIds) await applyStandingHolds(processOf(tenantId, {}))
  await work(tenantIds)
}

type Waiting = { readonly name: string; readonly data: Record<string, string> }

/** The runtime role may not mark what left: what was handled here is remembered here. */
const handled = new Set<string>()

async function takeEvents({ db, tenantId }: TenantContext): Promise<Waiting[]> {
  const events = await db.outboxEvent.findMany({ where: { tenantId }, orderBy: { id: 'asc' } })
  const waiting = events.filter(({ id }) => !handled.has(id))
  for (const { id } of waiting) handled.add(id)
  return waiting.map(({ name, data }) => ({ name, data: data as Record<string, string> }))
}

async function handle(
  name: string,
  { tenantId = '', accountId = '', resourceId = '', action = '' }: Record<string, string>,
): Promise<void> {
  if (name === 'account/holds.changed') await inTenant(tenantId, (ctx) => applyHolds(ctx, accountId))
  if (name === 'server/suspension.changed') await settleSuspension(cloudPorts, { tenantId, resourceId }, clock.now())
  if (name !== 'server/action.requested') return
  const asked = action as ServerAction
  const performed = await performInCloud(cloudPorts, { tenantId, resourceId, action: asked }, clock.now())
  if (performed) await showServerAction(tenantId, asked, performed)
}
