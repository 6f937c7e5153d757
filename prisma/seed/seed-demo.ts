import { seedAccounts } from './accounts.ts'
import { seedCatalogs } from './catalogs.ts'
import { seedCloud } from './cloud.ts'
import { seedDunning } from './dunning.ts'
import { seedGateways } from './gateways.ts'
import { seedPriceWork } from './price-work.ts'
import { type SeededSeller, type Slug, seedSellers } from './sellers.ts'

export type SeedInput = {
  /** First instant (UTC) of the month that the emulated cloud serves. */
  readonly monthStart: Date
  /** Address of the emulated cloud. */
  readonly cloudEndpoint: string
}

const pricesMonthsBefore = 12

/**
 * The world of the demo: a provider, two resellers, one sub-reseller, their customers, people, prices, clouds and servers.
 * Safe to repeat: everything has an id or a key that follows from its name.
 */
export async function seedDemo({ monthStart, cloudEndpoint }: SeedInput): Promise<Map<Slug, SeededSeller>> {
  const validFrom = new Date(Date.UTC(monthStart.getUTCFullYear(), monthStart.getUTCMonth() - pricesMonthsBefore, 1))
  const sellers = await seedSellers(validFrom)
  await seedAccounts(sellers, validFrom)
  await seedCatalogs(sellers)
  await seedCloud(sellers, { endpoint: cloudEndpoint, monthStart })
  await seedPriceWork(sellers)
  await seedGateways(sellers)
  await seedDunning(sellers)
  return sellers
}
