import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { activateChain, attachChain, checkServer, createServer } from '#app/services/orders/provision-order.server.ts'
import { applyChange } from '#app/services/subscriptions/apply-change.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { cloudPorts, inTenant } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'

const nakhla = tenantIdOf('nakhla')
const oasis = demoId('account', 'oasis')
const ordered = '2026-06-05T14:40:00Z'

beforeAll(async () => {
  setClock(fixedClock(ordered))
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
}, 60_000)

afterEach(() => setClock(fixedClock(ordered)))

/** A running server of Oasis at Nakhla, which buys it from Lakeside, which buys it from Meridian. Returns the chain, Nakhla first. */
async function runningServer(name: string): Promise<readonly ChainedOrder[]> {
  const placed = await placeOrder({
    tenantId: nakhla,
    accountIds: [oasis],
    accountId: oasis,
    planCode: 'web-1',
    locationCode: 'dxb-1',
    imageCode: 'debian-12',
    name,
    idempotencyKey: name,
    actor: systemActor('test'),
  })
  if (!placed.ok) throw new Error(placed.error)
  const upstream = await orderUpstream({ tenantId: nakhla, orderId: placed.value.orderId })
  if (!upstream.ok) throw new Error(upstream.error)
  const server = await createServer(cloudPorts, upstream.value)
  await attachChain(upstream.value, server)
  const top = upstream.value.at(-1) ?? { tenantId: '', orderId: '' }
  await activateChain(upstream.value, await checkServer(cloudPorts, top, server?.ref ?? ''), new Date(ordered))
  return upstream.value
}

/** The subscriptions along a chain: plan, state, and when what they are now began. */
function subscriptionsOf(chain: readonly ChainedOrder[]) {
  return Promise.all(
    chain.map(({ tenantId, orderId }) =>
      inTenant(tenantId, async ({ db }) => {
        const row = await db.subscription.findFirstOrThrow({
          where: { tenantId, orderId },
          select: { id: true, state: true, endedAt: true, product: { select: { code: true } }, subscriptionItemsAsSubscription: true },
        })
        const main = row.subscriptionItemsAsSubscription.filter(({ role, endsAt }) => role === 'main' && endsAt === null)
        return { id: row.id, plan: row.product.code, state: row.state, since: main[0]?.startsAt.toISOString() ?? null }
      }),
    ),
  )
}

async function ask(chain: readonly ChainedOrder[], kind: 'pause' | 'cancel' | 'web-2') {
  const [bottom] = await subscriptionsOf(chain)
  return inTenant(nakhla, async (ctx) => {
    const product = await ctx.db.product.findFirstOrThrow({ where: { tenantId: nakhla, code: 'web-2' }, select: { id: true } })
    const change = kind === 'web-2' ? ({ kind: 'plan', productId: product.id } as const) : { kind }
    return requestChange(ctx, { subscriptionId: bottom?.id ?? '', change, when: 'now', chosenBy: 'seller' })
  })
}

async function apply(chain: readonly ChainedOrder[], kind: 'pause' | 'cancel' | 'web-2') {
  const asked = await ask(chain, kind)
  if (!asked.ok) throw new Error(asked.error)
  return applyChange({ tenantId: nakhla, changeId: asked.value.changeId })
}

test('an upgrade at the bottom of three levels is made at every level at the same instant', async () => {
  const chain = await runningServer('atlas')
  setClock(fixedClock('2026-06-16T08:00:00Z'))
  const asked = await ask(chain, 'web-2')
  if (!asked.ok) throw new Error(asked.error)
  setClock(fixedClock('2026-06-16T08:00:09Z'))
  const change = { tenantId: nakhla, changeId: asked.value.changeId }
  expect(await applyChange(change)).toBe('applied')
  expect(await applyChange(change)).toBe('applied')
  const levels = await subscriptionsOf(chain)
  expect(levels.map(({ plan, state, since }) => [plan, state, since])).toEqual(
    Array(3).fill(['web-2', 'active', '2026-06-16T08:00:00.000Z']),
  )
})

test('what a level above does not offer any more is refused, and nothing is changed below', async () => {
  const chain = await runningServer('boreas')
  const top = chain.at(-1)?.tenantId ?? ''
  setClock(fixedClock('2026-06-16T08:00:00Z'))
  const asked = await ask(chain, 'web-2')
  if (!asked.ok) throw new Error(asked.error)
  const withdrawn = (withdrawnAt: Date | null) =>
    inTenant(top, async ({ db }) => {
      const product = await db.product.findFirstOrThrow({ where: { tenantId: top, code: 'web-2' }, select: { id: true } })
      return db.planDelegation.updateMany({ where: { tenantId: top, productId: product.id }, data: { withdrawnAt } })
    })
  await withdrawn(new Date('2026-06-10T00:00:00Z'))
  expect(await applyChange({ tenantId: nakhla, changeId: asked.value.changeId })).toBe('refused')
  await withdrawn(null)
  const levels = await subscriptionsOf(chain)
  expect(levels.map(({ plan }) => plan)).toEqual(['web-1', 'web-1', 'web-1'])
  const states = await Promise.all(
    chain.map(({ tenantId }) =>
      inTenant(tenantId, ({ db }) => db.subscriptionChange.findMany({ where: { tenantId, state: 'scheduled' }, select: { id: true } })),
    ),
  )
  expect(states).toEqual([[], [], []])
})

test('a level in between cannot change what it buys for the level below', async () => {
  const chain = await runningServer('ceres')
  const [, middle] = await subscriptionsOf(chain)
  const preview = await inTenant(chain[1]?.tenantId ?? '', (ctx) =>
    previewSubscriptionChange(ctx, { subscriptionId: middle?.id ?? '', change: { kind: 'pause' }, when: 'now', chosenBy: 'seller' }),
  )
  expect(preview).toEqual({ ok: false, error: 'follows-another-level' })
})

test('a pause stops the server, a cancellation takes it away, at every level', async () => {
  const chain = await runningServer('doris')
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  expect(await apply(chain, 'pause')).toBe('applied')
  expect((await subscriptionsOf(chain)).map(({ state, since }) => [state, since])).toEqual(Array(3).fill(['paused', null]))
  const pending = () =>
    inTenant(nakhla, ({ db }) => db.resource.findFirst({ where: { tenantId: nakhla, name: 'doris' }, select: { pendingAction: true } }))
  expect(await pending()).toEqual({ pendingAction: 'stop' })

  setClock(fixedClock('2026-06-20T08:00:00Z'))
  expect(await apply(chain, 'cancel')).toBe('applied')
  expect((await subscriptionsOf(chain)).map(({ state }) => state)).toEqual(['ended', 'ended', 'ended'])
  expect(await pending()).toEqual({ pendingAction: 'destroy' })
})
