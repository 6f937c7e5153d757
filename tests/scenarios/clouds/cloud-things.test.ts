import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { deedTerms } from '#app/domain/cloud/deeds.ts'
import { listThings, readSurroundings, readThing } from '#app/reports/cloud-things/query.server.ts'
import { readServer } from '#app/reports/servers/query.server.ts'
import { allowConsole } from '#app/services/clouds/allow-console.server.ts'
import { balancerMembers } from '#app/services/clouds/balancer-members.server.ts'
import { cloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import { performDeed, showDeed } from '#app/services/clouds/perform-deed.server.ts'
import { quoteHour } from '#app/services/clouds/quote-hour.server.ts'
import { setBackupSchedule } from '#app/services/clouds/set-backup-schedule.server.ts'
import { takeScheduledBackups } from '#app/services/clouds/take-scheduled-backups.server.ts'
import { loadOfDeed, weighDeed } from '#app/services/clouds/weigh-deed.server.ts'
import { performInCloud, showServerAction } from '#app/services/servers/perform-server-action.server.ts'
import { requestServerAction } from '#app/services/servers/request-server-action.server.ts'
import { syncUsage } from '#app/services/usage/sync-usage.server.ts'
import { cloudPorts, inPanel, inTenant } from '#app/wiring.server.ts'
import { processDown } from '#tests/support/usage.ts'
import { ask, at, buildSouk, burj, carryOut, inOasis, make, nakhla, oasis, pass, souk } from './souk.ts'

let serverId: string
beforeAll(async () => {
  await buildSouk()
  serverId = souk.serverId
}, 90_000)
afterAll(() => setClock(fixedClock('2026-06-05T15:00:00Z')))

test('a volume is made, given to a server, made larger and taken back; each step stands in the server’s story', async () => {
  const volumeId = await make({ kind: 'create-volume', name: 'data', zone: 'dxb-1', sizeGib: 20 })
  expect(await inOasis((ctx) => readThing(ctx, { kind: 'volume', id: volumeId }))).toMatchObject({ state: 'ready', spec: { sizeGib: 20 } })
  await make({ kind: 'attach-volume', serverId }, volumeId)
  expect(await ask({ kind: 'delete-volume' }, volumeId)).toEqual({ ok: false, error: 'still-attached' })
  expect(await ask({ kind: 'resize-volume', sizeGib: 20 }, volumeId)).toEqual({ ok: false, error: 'volume-only-grows' })
  await make({ kind: 'resize-volume', sizeGib: 30 }, volumeId)
  const server = await inOasis((ctx) => readServer(ctx, serverId, 'en'))
  expect(
    server?.activity
      .slice(0, 2)
      .map(({ action, by }) => `${action} ${by}`)
      .sort(),
  ).toEqual(['attach-volume Omar Haddad', 'resize-volume Omar Haddad'])
  expect(await inPanel(nakhla, [burj], (ctx) => readThing(ctx, { kind: 'volume', id: volumeId }))).toBeNull()
})

test('the same form asks once, and a second deed waits for the first', async () => {
  const deed = { kind: 'create-volume', name: 'once', zone: 'dxb-1', sizeGib: 10 } as const
  const [first, again] = [await ask(deed, null, 'same-form'), await ask(deed, null, 'same-form')]
  expect(again).toEqual(first)
  await carryOut()
  const volumeId = first.ok ? first.value.resourceId : ''
  expect((await ask({ kind: 'resize-volume', sizeGib: 20 }, volumeId)).ok).toBe(true)
  expect(await ask({ kind: 'delete-volume' }, volumeId)).toEqual({ ok: false, error: 'action-pending' })
  await carryOut()
  const made = await inOasis((ctx) => listThings(ctx, { kind: 'volume', page: 1 }))
  expect(made.rows.filter(({ name }) => name === 'once')).toHaveLength(1)
})

test('what is kept is charged at every level by its own price; what a plan includes is not charged twice', async () => {
  const address = await make({ kind: 'acquire-address', zone: 'dxb-1' })
  const balancer = await make({ kind: 'create-load-balancer', name: 'front', zone: 'dxb-1', algorithm: 'round-robin', rules: [] })
  const { address: held } = (await inOasis((ctx) => readThing(ctx, { kind: 'address', id: address }))) ?? {}
  expect(held).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  at('2026-06-05T18:00:00Z')
  const cloud = await cloudAbove(cloudPorts, nakhla)
  const top = cloud?.chain.at(-1)?.tenantId ?? ''
  const span = { from: '2026-06-05T16:00:00.000Z', to: '2026-06-05T17:00:00.000Z' }
  const { batchId } = await syncUsage(cloudPorts, { tenantId: top, cloudConnectionId: souk.cloudRef, ...span })
  await processDown(top, batchId)
  const charged = (tenantId: string, resource: string) =>
    inTenant(
      tenantId,
      ({ db }) => db.$queryRaw<{ line: string }[]>`
      select concat(c.meter, ' ', trim_scale(c.quantity), ' × ', trim_scale(c.unit_price), ' ', c.currency) as line from charges c
      where c.tenant_id = ${tenantId}::uuid and c.fee_kind = 'usage' and c.resource_name = ${resource} order by 1`,
    )
  const lines = async (resource: string) => {
    const levels = await Promise.all((cloud?.chain ?? []).map(({ tenantId }) => charged(tenantId, resource)))
    return levels.map((level) => level.map(({ line }) => line))
  }
  expect(await lines('data')).toEqual([['volume 30 × 0.000864 AED'], ['volume 30 × 0.0001326 CHF'], ['volume 30 × 0.000108 EUR']])
  expect((await lines(held ?? '')).flat()).toEqual(['address 1 × 0.0288 AED', 'address 1 × 0.00442 CHF', 'address 1 × 0.0036 EUR'])
  expect((await lines('front')).flat()).toEqual([
    'load-balancer 1 × 0.054 AED',
    'load-balancer 1 × 0.0082875 CHF',
    'load-balancer 1 × 0.00675 EUR',
  ])
  await make({ kind: 'delete-load-balancer' }, balancer)
  const own = await inTenant(nakhla, ({ db }) =>
    db.charge.findMany({
      where: { tenantId: nakhla, resourceId: serverId, feeKind: 'usage', meter: { in: ['server.running', 'address', 'volume'] } },
      select: { meter: true, amount: true },
      orderBy: { meter: 'asc' },
    }),
  )
  expect(own.map(({ meter, amount }) => `${meter} ${Number(amount)}`)).toEqual(['address 0', 'server.running 0', 'volume 0'])
  expect((await inOasis((ctx) => readThing(ctx, { kind: 'address', id: address })))?.costSoFar).toEqual({ minor: 3n, currency: 'AED' })
})

test('the price is the one of the contract, and nothing is made without room for a month of it or on a held account', async () => {
  const price = await inTenant(nakhla, (ctx) => quoteHour(ctx, { accountId: oasis, meter: 'volume', zone: 'dxb-1' }))
  expect(price).toMatchObject({ ok: true, value: { hourly: '0.000864', currency: 'AED' } })
  const load = (sizeGib: number) => {
    const deed = { kind: 'create-volume', name: 'big', zone: 'dxb-1', sizeGib } as const
    return inOasis((ctx) => loadOfDeed(ctx, { deed, subjectId: null, accountId: oasis }))
  }
  const [small, large] = [await load(10), await load(10_000_000)]
  expect(small && (await weighDeed(nakhla, small))).toEqual({ ok: true, value: null })
  expect(large && (await weighDeed(nakhla, large))).toEqual({ ok: false, error: 'no-credit' })
  await inTenant(nakhla, ({ db }) => db.account.updateMany({ where: { tenantId: nakhla, id: oasis }, data: { status: 'suspended' } }))
  expect(await ask({ kind: 'create-network', name: 'inner', zone: 'dxb-1', range: '10.0.0.0/24' })).toEqual({
    ok: false,
    error: 'account-not-active',
  })
  await inTenant(nakhla, ({ db }) => db.account.updateMany({ where: { tenantId: nakhla, id: oasis }, data: { status: 'active' } }))
})

test('a backup is restored to its server; a schedule takes one at its hour and keeps as many as it says', async () => {
  at('2026-06-05T18:30:00Z')
  const backupId = await make({ kind: 'take-backup', serverId, name: 'before', isScheduled: false })
  await make({ kind: 'restore-backup', backupId }, serverId)
  const schedule = { every: 'day', hour: 3, keep: 2 } as const
  const set = await inOasis((ctx) => setBackupSchedule(ctx, { serverId, schedule, zone: 'Asia/Dubai' }))
  expect(set.ok).toBe(true)
  expect(await takeScheduledBackups(cloudPorts, nakhla)).toBe(0)
  for (const night of ['05', '06', '07']) {
    at(`2026-06-${night}T23:00:00Z`)
    expect([await takeScheduledBackups(cloudPorts, nakhla), await takeScheduledBackups(cloudPorts, nakhla)]).toEqual([1, 0])
    pass(24 * 3_600_000)
    await carryOut()
  }
  const around = await inOasis((ctx) => readSurroundings(ctx, serverId))
  expect(around?.backups.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '2026-06-07 23:00 ready',
    '2026-06-06 23:00 ready',
    'before ready',
  ])
  expect(around?.schedule?.nextAt).toEqual(new Date('2026-06-08T23:00:00Z'))
})

test('rules, names, networks, zones and images reach the cloud; what cannot be is refused with its reason', async () => {
  at('2026-06-08T10:00:00Z')
  const rule = { direction: 'in', protocol: 'tcp', firstPort: 443, lastPort: 443, range: '0.0.0.0/0' } as const
  await make({ kind: 'set-firewall', rules: [rule] }, serverId)
  await make({ kind: 'set-reverse-name', reverseName: 'souk.example.com' }, serverId)
  const parts = (await cloudAbove(cloudPorts, nakhla))?.driver.parts
  expect([await parts?.firewall?.read(souk.serverRef), await parts?.['reverse-dns']?.read(souk.serverRef)]).toEqual([
    [rule],
    'souk.example.com',
  ])
  expect(await ask({ kind: 'set-firewall', rules: [rule, rule] }, serverId)).toEqual({ ok: false, error: 'rule-covered' })

  const networkId = await make({ kind: 'create-network', name: 'inner', zone: 'dxb-1', range: '10.0.0.0/24' })
  expect(await ask({ kind: 'create-network', name: 'twice', zone: 'dxb-1', range: '10.0.0.0/25' })).toEqual({
    ok: false,
    error: 'range-overlaps',
  })
  await make({ kind: 'join-network', serverId }, networkId)
  expect(await ask({ kind: 'delete-network' }, networkId)).toEqual({ ok: false, error: 'network-in-use' })

  const web = { protocol: 'tcp', port: 443, serverPort: 8443 } as const
  const balancerId = await make({ kind: 'create-load-balancer', name: 'front', zone: 'dxb-1', algorithm: 'source', rules: [web] })
  await make({ kind: 'join-load-balancer', serverId }, balancerId)
  expect(await ask({ kind: 'join-load-balancer', serverId }, balancerId)).toEqual({ ok: false, error: 'already-attached' })
  expect(await ask({ kind: 'set-load-balancer', algorithm: 'source', rules: [web, web] }, balancerId)).toEqual({
    ok: false,
    error: 'port-taken',
  })
  await make({ kind: 'set-load-balancer', algorithm: 'least-connections', rules: [web, { ...web, port: 80 }] }, balancerId)
  expect(await inOasis((ctx) => readThing(ctx, { kind: 'load-balancer', id: balancerId }))).toMatchObject({
    address: expect.stringMatching(/^\d+\./),
    spec: { algorithm: 'least-connections', rules: [{ port: 443 }, { port: 80 }], serverIds: [serverId] },
  })
  const members = await inOasis((ctx) => balancerMembers(ctx, balancerId))
  expect(await parts?.['load-balancers']?.health(members?.ref ?? '')).toEqual([{ serverRef: souk.serverRef, isHealthy: true }])

  const zoneId = await make({ kind: 'create-dns-zone', domain: 'souk.example' })
  const records = [{ name: '@', type: 'A', ttlSeconds: 300, value: '203.0.113.7' }] as const
  await make({ kind: 'set-dns-records', records: [...records] }, zoneId)
  expect((await inOasis((ctx) => readThing(ctx, { kind: 'dns-zone', id: zoneId })))?.spec.records).toEqual(records)
  const twice = await make({ kind: 'create-dns-zone', domain: 'souk.example' })
  expect(await inOasis((ctx) => readThing(ctx, { kind: 'dns-zone', id: twice }))).toMatchObject({ state: 'failed', problem: 'in-use' })
  await make({ kind: 'delete-dns-zone' }, twice)

  const imageId = await make({ kind: 'make-image', serverId, name: 'golden' })
  expect(await ask({ kind: 'rebuild', image: 'dos-6' }, serverId)).toEqual({ ok: false, error: 'image-not-there' })
  await make({ kind: 'rebuild', image: imageId }, serverId)
  expect((await inOasis((ctx) => readServer(ctx, serverId, 'en')))?.image).toBe('golden')
})

test('the console opens for whoever has the server, and is noted; nobody else finds it', async () => {
  expect(await inOasis((ctx) => allowConsole(ctx, serverId))).toEqual({ ok: true, value: souk.serverRef })
  expect(await inPanel(nakhla, [burj], (ctx) => allowConsole(ctx, serverId))).toEqual({ ok: false, error: 'server-not-found' })
  const noted = await inTenant(nakhla, ({ db }) => db.auditEntry.count({ where: { tenantId: nakhla, action: 'server.console-opened' } }))
  expect(noted).toBe(1)
})

test('a cloud that does not offer a thing is not asked for it', async () => {
  const asked = await ask({ kind: 'create-volume', name: 'nowhere', zone: 'dxb-1', sizeGib: 10 })
  const { id: deedId } = await inTenant(nakhla, ({ db }) =>
    db.cloudDeed.findFirstOrThrow({ where: { tenantId: nakhla, state: 'requested' } }),
  )
  const target = { tenantId: nakhla, deedId }
  const bare = {
    ...cloudPorts,
    driverFor: (...of: Parameters<typeof cloudPorts.driverFor>) => ({ ...cloudPorts.driverFor(...of), parts: {} }),
  }
  const outcome = await performDeed(bare, target)
  expect(outcome).toEqual({ thing: null, problem: 'not-offered' })
  if (outcome) await showDeed(target, outcome)
  expect(deedTerms['create-volume'].capability).toBe('volumes')
  const volumeId = asked.ok ? asked.value.resourceId : ''
  expect(await inOasis((ctx) => readThing(ctx, { kind: 'volume', id: volumeId }))).toMatchObject({
    state: 'failed',
    problem: 'not-offered',
  })
  await make({ kind: 'delete-volume' }, volumeId)
})

test('a server that is deleted frees what it had: volumes and addresses stay, its schedule ends', async () => {
  at('2026-06-08T12:00:00Z')
  const asked = await inOasis((ctx) =>
    requestServerAction(ctx, { resourceId: serverId, action: 'destroy', confirmedName: 'souk', userName: null }),
  )
  expect(asked.ok).toBe(true)
  const performed = await performInCloud(
    cloudPorts,
    { tenantId: nakhla, resourceId: serverId, action: 'destroy' },
    new Date('2026-06-08T12:00:00Z'),
  )
  if (performed) await showServerAction(nakhla, 'destroy', performed)
  const around = await inOasis((ctx) => readSurroundings(ctx, serverId))
  expect(around).toMatchObject({ volumes: [], addresses: [], networks: [], schedule: null })
  const volumes = await inOasis((ctx) => listThings(ctx, { kind: 'volume', page: 1 }))
  expect(volumes.rows.find(({ name }) => name === 'data')).toMatchObject({ state: 'ready', server: null })
  const balancers = await inOasis((ctx) => listThings(ctx, { kind: 'load-balancer', page: 1 }))
  expect(balancers.rows).toMatchObject([{ name: 'front', spec: { serverIds: [] } }])
})
