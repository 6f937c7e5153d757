import type pg from 'pg'
import { rateBatch } from '#app/services/usage/process-batch.server.ts'
import type { Company, Level } from './company.ts'
import { insertAll, setChargesAside } from './insert-select.ts'
import { clearUsage, plantUsage } from './plant-usage.ts'
import { type Note, peakMb, timed } from './timed.ts'

export type RatedStep = {
  readonly records: number
  readonly recordsPerSecond: number
  readonly baselineRowsPerSecond: number
  readonly ratio: number
}

/**
 * Plants `records` at each level, rates them at both, and lets PostgreSQL insert the same charges once more. `isParallel`: both levels at
 * once, as a worker does with the jobs of two tenants; otherwise one after the other.
 */
export async function rateAtBothLevels(
  { admin, company, note }: { admin: pg.Client; company: Company; note: Note },
  { records, isParallel }: { records: number; isParallel: boolean },
): Promise<RatedStep> {
  const planting = await timed(() => plantUsage(admin, company, records))
  note(`${records} records at each level: planted in ${planting.seconds.toFixed(1)} s`)
  const jobs = (['provider', 'reseller'] as const).map((name) => async () => {
    const { seconds } = await timed(() => rateBatch({ tenantId: company[name].tenantId, batchId: planting.result[name] }))
    note(`  rated at the ${name}: ${seconds.toFixed(2)} s, ${Math.round(records / seconds)} a second, peak ${peakMb()} MB`)
  })
  const rating = await timed(() => (isParallel ? atOnce(jobs) : inTurn(jobs)))
  await checkTotals(admin, company, records)
  await setChargesAside(admin)
  const baseline = await insertAll([company.provider, company.reseller])
  await clearUsage(admin)

  const recordsPerSecond = Math.round((2 * records) / rating.seconds)
  const baselineRowsPerSecond = Math.round(baseline.rows / baseline.seconds)
  const ratio = Number((baseline.seconds / rating.seconds).toFixed(3))
  note(`  ${rating.seconds.toFixed(2)} s for ${baseline.rows} charges, insert … select ${baseline.seconds.toFixed(2)} s: ratio ${ratio}`)
  return { records, recordsPerSecond, baselineRowsPerSecond, ratio }
}

async function atOnce(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(jobs.map((job) => job()))
}

async function inTurn(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  for (const job of jobs) await job()
}

/** Every record was charged once: the quantities are those that were used. A bucket counts with its greatest sample only. */
async function checkTotals(admin: pg.Client, { provider, reseller }: Company, records: number): Promise<void> {
  for (const { tenantId } of [provider, reseller] satisfies Level[]) {
    const { rows } = await admin.query<{ isExact: boolean; rated: string }>(
      `select (select sum(quantity) from usage_records where tenant_id = $1 and meter <> 'bucket')
          = (select sum(quantity) from charges where tenant_id = $1 and meter <> 'bucket') as "isExact",
        (select count(distinct usage_record_id) from charges where tenant_id = $1) as rated`,
      [tenantId],
    )
    const [found] = rows
    if (!found?.isExact || Number(found.rated) !== records)
      throw new Error(`of ${records} records ${found?.rated} were charged, exact: ${found?.isExact}`)
  }
}
