import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readChildTenants } from '#app/db/usage/usage-hand-down.server.ts'
import { readUsageStretch, type StretchQuery } from '#app/db/usage/usage-stretch.server.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { handDownUsage } from '#app/services/usage/hand-down-usage.server.ts'
import { mediateBatch, rateBatch } from '#app/services/usage/process-batch.server.ts'
import { rateStretch } from '#app/services/usage/rate-batch.server.ts'
import { receiveUsage } from '#app/services/usage/receive-usage.server.ts'
import { buildAccount, buildContract, buildPriceBook, buildTenant, builtAt, type RuleFacts } from './builders.ts'

/** Sent traffic of 1 GB on 10 June 2026 by the server `srv-1` of the cloud account `acc-1`; changes say what is different. */
export function reported(changes: Partial<RawUsageRecord> = {}): RawUsageRecord {
  const record = {
    usageType: '4',
    quantity: '1000000000',
    windowStart: new Date('2026-06-10T00:00:00Z'),
    windowEnd: new Date('2026-06-11T00:00:00Z'),
    resourceRef: 'srv-1',
    resourceName: 'shop-01',
    owner: { accountId: 'acc-1' },
    dimensions: {},
    payload: { note: 'as the cloud sent it' },
    ...changes,
  }
  const { quantity: _quantity, payload: _payload, resourceName: _name, ...identity } = record
  return { contentKey: createHash('sha256').update(JSON.stringify(identity)).digest('hex'), ...record }
}

/** A server that ran `hours` of 10 June 2026. */
export function ran(hours: string, changes: Partial<RawUsageRecord> = {}): RawUsageRecord {
  return reported({ usageType: '1', quantity: hours, ...changes })
}

/** The cloud of a tenant that its usage comes from. Returns its id. */
export async function buildCloud(
  tenantId: string,
  name = 'Frankfurt',
  billedServerMeter: 'running' | 'allocated' = 'running',
): Promise<string> {
  const id = v7()
  const data = { tenantId, id, name, adapter: 'file', endpoint: 'file:', billedServerMeter, createdAt: builtAt }
  await inTenant(tenantId, ({ db }) => db.cloudConnection.createMany({ data: [data] }))
  return id
}

export type MappingFacts = {
  readonly cloudRef: string
  readonly kind?: 'account' | 'project' | 'domain'
  readonly ref?: string
  readonly accountId: string
}

/** What of the cloud is whose: its account `acc-1`, unless the test says otherwise. */
export async function buildMapping(
  tenantId: string,
  { cloudRef, kind = 'account', ref = 'acc-1', accountId }: MappingFacts,
): Promise<void> {
  const data = { tenantId, id: v7(), accountId, cloudRef, externalKind: kind, externalId: ref, createdAt: builtAt }
  await inTenant(tenantId, ({ db }) => db.cloudMapping.createMany({ data: [data] }))
}

export type Seller = {
  readonly tenantId: string
  readonly accountId: string
  readonly contractId: string
  readonly cloudRef: string
  readonly priceBookId: string
}

/** Sent traffic at 0.10 a GB and running hours at 0.02, all of it charged. */
export const plainPrices: readonly RuleFacts[] = [
  { feeKind: 'usage', meter: 'traffic.sent', price: '0.1' },
  { feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.02' },
]

/** A provider with a cloud and one buyer, to whom the cloud's account `acc-1` belongs. */
export async function buildSeller(rules: readonly RuleFacts[] = plainPrices): Promise<Seller> {
  const tenantId = await buildTenant()
  const cloudRef = await buildCloud(tenantId)
  return { tenantId, cloudRef, ...(await buildBuyer(tenantId, cloudRef, rules)) }
}

/** A buyer in `tenantId` with a price book of its own, to whom the cloud's account `acc-1` belongs. */
export async function buildBuyer(tenantId: string, cloudRef: string, rules: readonly RuleFacts[] = plainPrices, ref = 'acc-1') {
  const accountId = await buildAccount(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, rules)
  const contractId = await buildContract(tenantId, { accountId, priceBookId })
  await buildMapping(tenantId, { cloudRef, accountId, ref })
  return { accountId, contractId, priceBookId }
}

/** A reseller below the buyer `parent`, with one buyer of its own. */
export async function buildReseller(parent: Seller, rules: readonly RuleFacts[] = plainPrices): Promise<Seller> {
  const tenantId = await buildTenant()
  await inTenant(parent.tenantId, ({ db }) =>
    db.account.updateMany({ where: { tenantId: parent.tenantId, id: parent.accountId }, data: { childTenantId: tenantId } }),
  )
  return { tenantId, cloudRef: parent.cloudRef, ...(await buildBuyer(tenantId, parent.cloudRef, rules)) }
}

/** Brings `records` in, as one delivery of their cloud. Returns the batch. */
export async function deliver(
  { tenantId, cloudRef }: Pick<Seller, 'tenantId' | 'cloudRef'>,
  records: readonly RawUsageRecord[],
  sourceKey: string = v7(),
): Promise<string> {
  const { batchId } = await receiveUsage(processOf(tenantId, {}), { sourceKey, cloudConnectionId: cloudRef, pages: inPages([records]) })
  return batchId
}

/** Judges and rates a batch, and everything it hands down, to the lowest level. */
export async function processDown(tenantId: string, batchId: string): Promise<void> {
  await mediateBatch({ tenantId, batchId })
  await rateBatch({ tenantId, batchId })
  for (const childTenantId of await inTenant(tenantId, (ctx) => readChildTenants(ctx, batchId))) {
    const handed = await handDownUsage({ tenantId, batchId, childTenantId })
    await processDown(childTenantId, handed.batchId)
  }
}

/** Rates the next records of a batch, as `rateBatch` does with each stretch. The id of the last one; null when nothing was left. */
export async function rateNext(ctx: TenantContext, query: StretchQuery): Promise<string | null> {
  const stretch = await readUsageStretch(ctx, query)
  await rateStretch(ctx, query.batchId, stretch)
  return stretch.at(-1)?.id ?? null
}

/** Delivers `records` and processes them down to the lowest level. Returns the batch. */
export async function bill(
  seller: Pick<Seller, 'tenantId' | 'cloudRef'>,
  records: readonly RawUsageRecord[],
  sourceKey?: string,
): Promise<string> {
  const batchId = await deliver(seller, records, sourceKey)
  await processDown(seller.tenantId, batchId)
  return batchId
}

/** Pages as a source yields them. */
export async function* inPages(pages: readonly (readonly RawUsageRecord[])[]): AsyncGenerator<readonly RawUsageRecord[]> {
  yield* pages
}
