import { seedAccounts, tenantOf } from './accounts.ts'
import { seedAppTemplates } from './apps.ts'
import { atInstant } from './at-instant.ts'
import { seedCapacityPartner } from './capacity-partner.ts'
import { seedCatalogs } from './catalogs.ts'
import { seedCloud } from './cloud.ts'
import { seedDunning } from './dunning.ts'
import { seedGateways } from './gateways.ts'
import { seedNews } from './news.ts'
import { seedPlans, seedYearlyPrices } from './plans.ts'
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
 * The world of the demo: a provider, two resellers, one sub-reseller, their customers, people, prices, clouds and servers, as they have
 * been for a year; and the work on prices that was begun lately. Safe to repeat: everything has an id or a key that follows from its name.
 */
export async function seedDemo({ monthStart, cloudEndpoint }: SeedInput): Promise<Map<Slug, SeededSeller>> {
  const validFrom = new Date(Date.UTC(monthStart.getUTCFullYear(), monthStart.getUTCMonth() - pricesMonthsBefore, 1))
  const sellers = await atInstant(validFrom, async () => {
    const seeded = await seedSellers(validFrom)
    await seedAccounts(seeded, validFrom)
    await seedCatalogs(seeded)
    await seedAppTemplates(seeded)
    await seedYearlyPrices(seeded, validFrom)
    await seedCloud(seeded, { endpoint: cloudEndpoint, monthStart })
    await seedGateways(seeded)
    await seedDunning(seeded)
    await seedCapacityPartner(tenantOf(seeded, 'meridian'), validFrom)
    return seeded
  })
  await seedPlans(sellers, monthStart)
  await seedNews(sellers, monthStart)
  await seedPriceWork(sellers)
  return sellers
}
