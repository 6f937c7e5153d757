import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import type { CloudDeed } from '#app/domain/cloud/deeds.ts'
import { checkThing, performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { requestDeed } from '#app/services/clouds/request-deed.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { activateChain, attachChain, checkServer, createServer } from '#app/services/orders/provision-order.server.ts'
import { cloudPorts, inPanel, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'

// A customer of a sub-reseller: what it makes crosses three levels.
export const nakhla = tenantIdOf('nakhla')
export const oasis = demoId('account', 'oasis')
export const burj = demoId('account', 'burj-retail')

/** Its server, once `buildSouk` has built it. */
export const souk = { cloudRef: '', serverId: '', serverRef: '' }
let sequence = 0

export const at = (instant: string) => setClock(fixedClock(instant))
export const inOasis = <T>(work: Parameters<typeof inPanel<T>>[2]) => inPanel(nakhla, [oasis], work)

export async function ask(deed: CloudDeed, subjectId: string | null = null, key = `form-${sequence++}`) {
  const wish = { deed, subjectId, accountId: oasis, cloudRef: souk.cloudRef, key, userName: 'Omar Haddad' }
  return inOasis((ctx) => requestDeed(ctx, wish))
}

/** What the job does with everything that waits. */
export async function carryOut(): Promise<void> {
  const open = await inTenant(nakhla, ({ db }) =>
    db.cloudDeed.findMany({ where: { tenantId: nakhla, state: 'requested' }, select: { id: true }, orderBy: { id: 'asc' } }),
  )
  for (const { id: deedId } of open) {
    const target = { tenantId: nakhla, deedId }
    const outcome = await performDeed(cloudPorts, target)
    if (!outcome) continue
    const ref = outcome.thing?.state === 'building' ? outcome.thing.ref : null
    if (ref) setClock(fixedClock(new Date(pass() + 10_000).toISOString()))
    await showDeed(target, ref ? await checkThing(cloudPorts, target, ref) : outcome)
  }
}

let present = Date.parse('2026-06-05T15:00:00Z')
/** Lets time pass, ten seconds unless said; returns the instant then, in milliseconds. */
export const pass = (ms = 10_000) => {
  present += ms
  return present
}

/** Asks for something and has it done; returns what it was about. */
export async function make(deed: CloudDeed, subjectId: string | null = null): Promise<string> {
  const asked = await ask(deed, subjectId)
  if (!asked.ok) throw new Error(`${deed.kind}: ${asked.error}`)
  await carryOut()
  return asked.value.resourceId
}

/** The demo, and in it a server that the customer ordered and has had for twenty minutes. */
export async function buildSouk(): Promise<void> {
  at('2026-06-05T14:40:00Z')
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
  const placed = await placeOrder({
    tenantId: nakhla,
    accountIds: [oasis],
    accountId: oasis,
    planCode: 'web-1',
    locationCode: 'dxb-1',
    imageCode: 'debian-12',
    name: 'souk',
    idempotencyKey: 'cloud-things',
    actor: { kind: 'system', name: 'test' },
  })
  if (!placed.ok) throw new Error(placed.error)
  const upstream = await orderUpstream({ tenantId: nakhla, orderId: placed.value.orderId })
  if (!upstream.ok) throw new Error(upstream.error)
  const chain = upstream.value
  const server = await createServer(cloudPorts, chain)
  await attachChain(chain, server)
  at('2026-06-05T14:41:00Z')
  const top = chain.at(-1) ?? { tenantId: '', orderId: '' }
  await activateChain(chain, await checkServer(cloudPorts, top, server?.ref ?? ''), new Date('2026-06-05T14:41:00Z'))
  const found = await inTenant(nakhla, ({ db }) =>
    db.resource.findFirstOrThrow({ where: { tenantId: nakhla, name: 'souk' }, select: { id: true, cloudRef: true, externalId: true } }),
  )
  Object.assign(souk, { cloudRef: found.cloudRef, serverId: found.id, serverRef: found.externalId })
  at('2026-06-05T15:00:00Z')
}
