import type pg from 'pg'
import { handDownUsage } from '#app/services/usage/hand-down-usage.server.ts'
import type { Company } from './company.ts'
import { clearUsage, plantToHandDown } from './plant-usage.ts'
import { type Note, timed } from './timed.ts'

const records = 50_000

/** Rows per second that cross from the provider to the reseller, with an owner found for each. */
export async function measureHandDown(admin: pg.Client, company: Company, note: Note): Promise<void> {
  const batchId = await plantToHandDown(admin, company, records)
  const { provider, reseller } = company
  const { seconds } = await timed(() => handDownUsage({ tenantId: provider.tenantId, batchId, childTenantId: reseller.tenantId }))
  note(`hand-down: ${records} records in ${seconds.toFixed(2)} s, ${Math.round(records / seconds)} a second`)
  await clearUsage(admin)
}
