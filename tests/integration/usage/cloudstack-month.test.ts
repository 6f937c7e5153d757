import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudStackUsage } from '#app/adapters/clouds/cloudstack/usage-source.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { meters } from '#app/domain/usage/meters.ts'
import type { CloudPorts } from '#app/services/clouds/cloud-ports.ts'
import { syncUsage } from '#app/services/usage/sync-usage.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { type CloudStackEmulator, startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'
import { anomalies, apiAccounts, domains, servers } from '#tests/support/cloudstack-emulator/world.ts'
import { buildMapping, buildSeller, processDown, type Seller } from '#tests/support/usage.ts'
import { batchOf, quarantineOf, stateOf } from '#tests/support/usage-facts.ts'

const now = '2026-11-05T12:00:00Z'
const october = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' }
const everyMeter = Object.values(meters).map(({ code, unit }) => ({ feeKind: 'usage', meter: code, unit, price: '0.01' }) as const)

let seller: Seller
let emulator: CloudStackEmulator
let batchId: string
beforeAll(async () => {
  setClock(fixedClock(now))
  emulator = await startCloudStackEmulator({
    month: '2026-10',
    seed: 7,
    clock: () => new Date(now),
    faults: [
      { page: 2, kind: 'truncated' },
      { page: 3, kind: 'status', status: 503 },
      { page: 4, kind: 'repeat' },
      { page: 5, kind: 'malformed' },
    ],
  })
  seller = await buildSeller(everyMeter)
  for (const { path } of [domains.meridianDirect, domains.ahorn, domains.lakeside]) {
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, kind: 'domain', ref: path, accountId: seller.accountId })
  }
  await knowDeletedServer()
  batchId = await sync()
  await processDown(seller.tenantId, batchId)
}, 180_000)
afterAll(async () => {
  setClock()
  await emulator.stop()
})

async function knowDeletedServer(): Promise<void> {
  const { deletedDay, deletedHour, server } = anomalies.ghost
  const { tenantId, accountId, cloudRef } = seller
  const externalId = servers.find(({ name }) => name === server)?.id ?? ''
  const deletedAt = new Date(Date.UTC(2026, 9, deletedDay, deletedHour))
  const facts = {
    kind: 'server',
    name: server,
    state: 'deleted',
    zone: 'fra-1',
    spec: {},
    isManaged: false,
    createdAt: deletedAt,
    deletedAt,
  }
  await asOffice(tenantId, ({ db }) =>
    db.resource.createMany({ data: [{ tenantId, id: crypto.randomUUID(), accountId, cloudRef, externalId, ...facts }] }),
  )
}

const ports: CloudPorts = {
  usageOf: ({ id }) =>
    cloudStackUsage(
      { cloud: id, endpoint: emulator.endpoint, apiKey: apiAccounts.root.apiKey, secretKey: apiAccounts.root.secretKey },
      { clock: { now: () => new Date(now) }, limits: { retryDelayMs: 1, maxRetryDelayMs: 2, attempts: 3 } },
    ),
  driverFor: () => {
    throw new Error('no servers are run here')
  },
}

async function sync(): Promise<string> {
  return (await syncUsage(ports, { tenantId: seller.tenantId, cloudConnectionId: seller.cloudRef, ...october })).batchId
}

describe('a month of a CloudStack that fails, repeats itself and contradicts itself', () => {
  test('is kept whole: every record of the month is accepted, set aside or dropped', async () => {
    const batch = await batchOf(seller.tenantId, batchId)
    expect(batch.accepted + batch.quarantined + batch.dropped).toBe(batch.stored)
    expect(batch.received).toBe(batch.stored + batch.duplicates)
    expect(new Set(emulator.log.map((line) => line.fault))).toContain('truncated')
  })

  test('has in quarantine what cannot be billed, each with its reason', async () => {
    const reasons = (await quarantineOf(seller.tenantId)).map((text) => text.split(' ')[0])
    expect(reasons).toEqual([
      'conflicting-quantity',
      'impossible-quantity',
      'negative-quantity',
      'unknown-usage-type',
      'unmapped-owner',
      'used-after-deletion',
    ])
  })

  test('charges each accepted record once', async () => {
    const [row] = await asOffice(
      seller.tenantId,
      ({ db, tenantId }) => db.$queryRaw<{ usage: number; charged: number; total: string }[]>`
      select (select count(*)::int from usage_records where tenant_id = ${tenantId}::uuid) as usage, count(distinct usage_record_id)::int as charged,
        (sum(amount) - sum(round(billed_quantity * unit_price, 12)))::text as total
      from charges where tenant_id = ${tenantId}::uuid`,
    )
    expect(row?.charged).toBe(row?.usage)
    expect(Number(row?.total)).toBe(0)
  })

  test('asked again, changes nothing', async () => {
    const before = await stateOf(seller.tenantId)
    expect(await sync()).toBe(batchId)
    await processDown(seller.tenantId, batchId)
    expect(await stateOf(seller.tenantId)).toBe(before)
  })
})
