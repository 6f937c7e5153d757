import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import type { HoldEffect } from '#app/domain/hold/hold-effect.ts'
import { effectOf, isBlocked } from '#app/services/holds/effect-of.server.ts'
import { liftHold } from '#app/services/holds/lift-hold.server.ts'
import { placeHold } from '#app/services/holds/place-hold.server.ts'
import { requestServerAction } from '#app/services/servers/request-server-action.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { agree } from '#tests/support/settled-edge.ts'
import { type BuiltServer, buildCloud, buildServer, type Holder, lookAgain, stateAt, work } from '#tests/support/suspendable.ts'

beforeEach(() => setClock(fixedClock('2026-06-10T08:00:00Z')))
afterEach(() => setClock())

/** Brandt of Meridian, with a server that runs. */
async function brandt() {
  const tenantId = await buildTenant()
  const cloudRef = await buildCloud(tenantId)
  const holder = { tenantId, accountId: await buildAccount(tenantId) }
  const server = await buildServer(cloudRef, 'shop-01', [holder])
  setClock(fixedClock('2026-06-10T08:01:00Z'))
  return { ...holder, cloudRef, server, id: server.ids[0] ?? '' }
}

const hold = (holder: Holder, effect: HoldEffect, key = 'dunning:EUR') =>
  asOffice(holder.tenantId, (ctx) => placeHold(ctx, { accountId: holder.accountId, source: 'dunning', effect, reason: 'overdue', key }))
const lift = (holder: Holder, key = 'dunning:EUR') =>
  asOffice(holder.tenantId, (ctx) => liftHold(ctx, { accountId: holder.accountId, key }))
const effect = ({ tenantId, accountId }: Holder) => asOffice(tenantId, (ctx) => effectOf(ctx, accountId))
const act = (tenantId: string, resourceId: string, action: 'start' | 'stop') =>
  asOffice(tenantId, (ctx) => requestServerAction(ctx, { resourceId, action, userName: null }))

describe('a hold', () => {
  test('that is placed twice stands once, and another effect under its key takes its place', async () => {
    const buyer = await brandt()
    expect(await hold(buyer, 'block-orders')).toEqual({ ok: true, value: { isNew: true } })
    expect(await hold(buyer, 'block-orders')).toEqual({ ok: true, value: { isNew: false } })
    await hold(buyer, 'suspend-services')
    expect(await effect(buyer)).toBe('suspend-services')
    expect(await asOffice(buyer.tenantId, ({ db }) => db.accountHold.count({ where: { liftedAt: null } }))).toBe(1)
    expect([await lift(buyer), await lift(buyer)]).toEqual([true, false])
    expect(await effect(buyer)).toBeNull()
  })

  test('that blocks orders lets servers run', async () => {
    const buyer = await brandt()
    await hold(buyer, 'block-orders')
    await work([buyer.tenantId])
    expect(await asOffice(buyer.tenantId, (ctx) => isBlocked(ctx, buyer.accountId))).toBe(true)
    expect(await stateAt(buyer.tenantId, buyer.id)).toBe('running')
  })

  test('of an enterprise holds its departments', async () => {
    const buyer = await brandt()
    const department = { ...buyer, accountId: await buildAccount(buyer.tenantId, { parentAccountId: buyer.accountId }) }
    const server = await buildServer(buyer.cloudRef, 'lab-01', [department])
    setClock(fixedClock('2026-06-10T08:02:00Z'))
    await hold(buyer, 'suspend-services')
    await work([buyer.tenantId])
    expect(await effect(department)).toBe('suspend-services')
    expect(await stateAt(buyer.tenantId, server.ids[0] ?? '')).toBe('stopped')
  })
})

describe('services that are ended', () => {
  test('take along what the account holds in clouds; what a server still holds follows it', async () => {
    const buyer = await brandt()
    const { tenantId, accountId, cloudRef } = buyer
    const volume = (serverId: string | null) => {
      const thing = { kind: 'volume', name: 'data', state: 'ready', zone: 'fra-1', isManaged: true, spec: { sizeGib: 50, serverId } }
      return { tenantId, id: v7(), accountId, cloudRef, externalId: v7(), ...thing, createdAt: new Date('2026-06-10T08:00:00Z') }
    }
    const [free, held] = [volume(null), volume(buyer.id)]
    await asOffice(tenantId, ({ db }) => db.resource.createMany({ data: [free, held] }))
    await hold(buyer, 'terminate')
    await work([tenantId])
    await lookAgain([tenantId])
    const deeds = await asOffice(tenantId, ({ db }) => db.cloudDeed.findMany({ select: { kind: true, resourceId: true } }))
    expect(deeds).toEqual([{ kind: 'delete-volume', resourceId: free.id }])
  })
})

describe('suspended services', () => {
  test('stop, and exactly those that ran start again once no hold suspends any more', async () => {
    const buyer = await brandt()
    const off = await buildServer(buyer.cloudRef, 'spare-01', [buyer])
    const spare = off.ids[0] ?? ''
    setClock(fixedClock('2026-06-10T08:02:00Z'))
    await act(buyer.tenantId, spare, 'stop')
    await work([buyer.tenantId])
    await hold(buyer, 'suspend-services')
    await hold(buyer, 'suspend-services', 'dispute:1')
    await work([buyer.tenantId])
    expect(await stateAt(buyer.tenantId, buyer.id)).toBe('stopped')

    setClock(fixedClock('2026-06-11T08:00:00Z'))
    await lift(buyer)
    await work([buyer.tenantId])
    expect(await stateAt(buyer.tenantId, buyer.id)).toBe('stopped')
    await lift(buyer, 'dispute:1')
    await work([buyer.tenantId])
    expect([await stateAt(buyer.tenantId, buyer.id), await stateAt(buyer.tenantId, spare)]).toEqual(['running', 'stopped'])
  })

  test('cannot be started by the buyer, nor by a start that was asked for before', async () => {
    const buyer = await brandt()
    await act(buyer.tenantId, buyer.id, 'stop')
    await work([buyer.tenantId])
    setClock(fixedClock('2026-06-10T08:05:00Z'))
    await act(buyer.tenantId, buyer.id, 'start')
    await hold(buyer, 'suspend-services')
    await work([buyer.tenantId])
    await lookAgain([buyer.tenantId])
    expect(await stateAt(buyer.tenantId, buyer.id)).toBe('stopped')
    expect(await act(buyer.tenantId, buyer.id, 'start')).toEqual({ ok: false, error: 'server-suspended' })
  })

  test('show in the list of accounts, and a repeat of every job changes nothing', async () => {
    const buyer = await brandt()
    const status = () => asOffice(buyer.tenantId, async ({ db }) => (await db.account.findFirstOrThrow()).status)
    await hold(buyer, 'suspend-services')
    await work([buyer.tenantId])
    await lookAgain([buyer.tenantId])
    expect(await status()).toBe('suspended')
    await lift(buyer)
    await work([buyer.tenantId])
    await act(buyer.tenantId, buyer.id, 'stop')
    await work([buyer.tenantId])
    await lookAgain([buyer.tenantId])
    expect([await status(), await stateAt(buyer.tenantId, buyer.id)]).toEqual(['active', 'stopped'])
  })
})

/** The terms of a reseller name how long its customers go on. */
async function agreeGrace({ tenantId, accountId }: Holder, graceDays: number): Promise<void> {
  const { priceBookId } = await buildPriceBook(tenantId, [])
  await buildContract(tenantId, { accountId, priceBookId })
  const settings = { creditTerms: { dueDays: 14, graceDays, holdDays: 0 } }
  await agree({ provider: { tenantId, accountId } }, settings, '2026-06-10')
}

describe('a reseller', () => {
  /** Ahorn of Meridian, whose customer Linde has a server; terms name the days its customers go on. */
  async function ahorn(graceDays: number | null) {
    const tenantId = await buildTenant()
    const childId = await buildTenant({ slug: 'ahorn' })
    const accountId = await buildAccount(tenantId)
    await inTenant(tenantId, ({ db }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { childTenantId: childId } }))
    await inTenant(childId, ({ db }) =>
      db.tenant.updateMany({
        where: { tenantId: childId },
        data: { kind: 'reseller', parentTenantId: tenantId, parentAccountId: accountId },
      }),
    )
    if (graceDays !== null) await agreeGrace({ tenantId, accountId }, graceDays)
    const linde = { tenantId: childId, accountId: await buildAccount(childId) }
    const reseller = { tenantId, accountId }
    const server: BuiltServer = await buildServer(await buildCloud(tenantId), 'shop-01', [linde, reseller])
    const levels = [childId, tenantId]
    const states = async () => [await stateAt(childId, server.ids[0] ?? ''), await stateAt(tenantId, server.ids[1] ?? '')]
    return { reseller, linde, levels, states, id: server.ids[0] ?? '' }
  }

  test('without terms keeps its customers running however long it is suspended', async () => {
    const { reseller, levels, states } = await ahorn(null)
    await hold(reseller, 'terminate')
    await work(levels)
    setClock(fixedClock('2026-12-10T08:00:00Z'))
    await lookAgain(levels)
    expect(await states()).toEqual(['running', 'running'])
    expect(await asOffice(reseller.tenantId, (ctx) => isBlocked(ctx, reseller.accountId))).toBe(true)
  })

  test('keeps them running until the grace of its terms is over, and its own hold on one outlasts the parent’s', async () => {
    const { reseller, linde, levels, states, id } = await ahorn(14)
    await hold(reseller, 'suspend-services')
    setClock(fixedClock('2026-06-23T21:00:00Z'))
    await lookAgain(levels)
    expect(await states()).toEqual(['running', 'running'])
    setClock(fixedClock('2026-06-24T08:00:00Z'))
    await lookAgain(levels)
    expect(await states()).toEqual(['stopped', 'stopped'])
    expect(await act(linde.tenantId, id, 'start')).toEqual({ ok: false, error: 'server-suspended' })

    await hold(linde, 'suspend-services')
    await work(levels)
    await lift(reseller)
    await work(levels)
    expect(await states()).toEqual(['stopped', 'stopped'])
    await lift(linde)
    await work(levels)
    expect(await states()).toEqual(['running', 'running'])
    const told = await asOffice(linde.tenantId, ({ db }) => db.accountHold.findMany({ select: { reason: true, accountId: true } }))
    expect(told).toEqual([{ reason: 'overdue', accountId: linde.accountId }])
  })
})
