import { inTenant } from '#app/db/context.server.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { handDownUsage } from '#app/services/usage/hand-down-usage.server.ts'
import { mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { receiveUsage } from '#app/services/usage/receive-usage.server.ts'
import { buildBuyer, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'

export type Bench = { readonly records: number; readonly provider: Seller; readonly reseller: Seller; readonly batchId: string }
export type Note = (text: string) => void

const prices = (factor: number) =>
  [
    { feeKind: 'usage', meter: 'server.running', unit: 'hour', price: `0.0${factor}` },
    { feeKind: 'usage', meter: 'traffic.sent', price: `0.1${factor}`, included: '1000' },
    { feeKind: 'usage', meter: 'traffic.received', price: '0' },
    { feeKind: 'usage', meter: 'volume', unit: 'GiB-hour', price: `0.00${factor}` },
    { feeKind: 'usage', meter: 'address', unit: 'hour', price: `0.01${factor}` },
  ] as const

const kinds = ['1', '4', '5', '6', '3'] as const
const buyers = 20
const pageSize = 500

/** A provider, its reseller with 20 buyers, and `records` of a June kept and not judged yet: five types a server and hour. */
export async function buildBench(records: number, note: Note): Promise<Bench> {
  const provider = await buildSeller(prices(2))
  const reseller = await buildReseller(provider, prices(5))
  await inTenant(provider.tenantId, ({ db, tenantId }) =>
    db.cloudMapping.updateMany({ where: { tenantId }, data: { externalKind: 'domain', externalId: 'ROOT/ahorn' } }),
  )
  for (let buyer = 2; buyer <= buyers; buyer += 1) await buildBuyer(reseller.tenantId, reseller.cloudRef, prices(5), `acc-${buyer}`)
  const delivery = { sourceKey: 'bench', cloudConnectionId: provider.cloudRef, pages: june(records) }
  const { seconds, result } = await timed(() => receiveUsage(processOf(provider.tenantId, {}), delivery))
  note(`received ${result.stored} records: ${Math.round(records / seconds)} a second`)
  return { records, provider, reseller, batchId: result.batchId }
}

async function* june(records: number): AsyncGenerator<readonly RawUsageRecord[]> {
  for (let from = 0; from < records; from += pageSize) {
    yield Array.from({ length: Math.min(pageSize, records - from) }, (_, index) => juneRecord(from + index))
  }
}

const hourMs = 3_600_000
const hoursOfJune = 720

function juneRecord(number: number): RawUsageRecord {
  const usageType = kinds[number % kinds.length] ?? '1'
  const hour = Math.floor(number / kinds.length) % hoursOfJune
  const server = Math.floor(number / kinds.length / hoursOfJune)
  const start = Date.UTC(2026, 5, 1) + hour * hourMs
  const buyer = (server % buyers) + 1
  return reported({
    usageType,
    quantity: usageType === '4' || usageType === '5' ? String(1_234_567 + number) : '0.999998',
    windowStart: new Date(start),
    windowEnd: new Date(start + hourMs),
    resourceRef: `server-${usageType}-${server}`,
    owner: { accountId: `acc-${buyer}`, domainPath: 'ROOT/ahorn' },
    dimensions: { zone: 'fra-1', offering: 'M', sizeBytes: '42949672960' },
    payload: {
      account: `acc-${buyer}`,
      usagetype: usageType,
      rawusage: '0.999998',
      description: 'as a cloud would send it',
      usageid: `server-${server}`,
    },
  })
}

/** Judges and rates the batch at the provider, hands it down, rates it at the reseller. The time is that of all four. */
export async function runPipeline({ provider, reseller, batchId, records }: Bench, note: Note): Promise<{ seconds: number }> {
  const batch = { tenantId: provider.tenantId, batchId }
  const steps: [string, () => Promise<unknown>][] = [
    ['mediated', () => mediateBatch(batch)],
    ['rated at the provider', () => rateBatch(batch)],
    ['handed down', () => handDownUsage({ ...batch, childTenantId: reseller.tenantId })],
    ['rated at the reseller', () => rateHandedDown(reseller.tenantId)],
  ]
  let total = 0
  for (const [name, step] of steps) {
    const { seconds } = await timed(step)
    total += seconds
    note(`${name}: ${seconds.toFixed(2)} s, ${Math.round(records / seconds)} a second, ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  }
  return { seconds: total }
}

async function rateHandedDown(tenantId: string): Promise<void> {
  const batches = await inTenant(tenantId, ({ db }) => db.usageBatch.findMany({ where: { tenantId }, select: { id: true } }))
  for (const { id } of batches) await rateBatch({ tenantId, batchId: id })
}

/** The result of `work` and how long it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = process.hrtime.bigint()
  const result = await work()
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result }
}
