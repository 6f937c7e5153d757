import { readPriceRules } from '#app/db/catalog/catalog.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import { rateUsage } from '#app/domain/rating/rate-usage.ts'
import type { RatingTerms, UsageToRate } from '#app/domain/rating/terms.ts'
import { meters } from '#app/domain/usage/meters.ts'
import type { Company } from './company.ts'
import { type Note, timed } from './timed.ts'

const chunks = 40
const chunk = 5_000

/** Usage records per second that the engine rates alone: no database, the counters of one chunk go into the next. */
export async function measureInMemory({ provider }: Company, note: Note): Promise<number> {
  const terms = await termsOf(provider.tenantId, provider.buyers[0]?.contractId ?? '')
  const usage = Array.from({ length: chunk }, (_, index) => usageRecord(index))
  rateChunks(terms, usage, 4)
  const { seconds } = await timed(async () => rateChunks(terms, usage, chunks))
  note(`in memory: ${chunks * chunk} records in ${seconds.toFixed(2)} s`)
  return Math.round((chunks * chunk) / seconds)
}

function rateChunks(terms: RatingTerms, usage: readonly UsageToRate[], times: number): void {
  const counters = new Map<string, UsageCounter>()
  for (let time = 0; time < times; time += 1) {
    const outcome = rateUsage({ terms, usage, counters: [...counters.values()] })
    if (outcome.refused.length > 0) throw new Error(`${outcome.refused.length} records have no price`)
    for (const counter of outcome.counters) counters.set(`${counter.counterKey} ${counter.periodStart}`, counter)
  }
}

async function termsOf(tenantId: string, contractId: string): Promise<RatingTerms> {
  const rules = await inTenant(tenantId, async (ctx) => {
    const books = await ctx.db.priceBook.findMany({ where: { tenantId }, select: { id: true } })
    return readPriceRules(
      ctx,
      books.map(({ id }) => id),
    )
  })
  return { contractId, currency: 'EUR', cycle: { zone: 'Europe/Berlin', anchorDay: 1 }, rules, subscriptions: new Map() }
}

const kinds = Object.values(meters)
const hourMs = 3_600_000

function usageRecord(number: number): UsageToRate {
  const meter = kinds[number % kinds.length] as (typeof kinds)[number]
  const start = Date.UTC(2026, 5, 1) + Math.floor(number / 600) * hourMs
  return {
    id: `usage-${number}`,
    meter: meter.code,
    unit: meter.unit,
    quantity: new Decimal(((number * 7919) % 999_983) + 1).times('0.000001'),
    window: { start: new Date(start), end: new Date(start + hourMs) },
    resourceRef: `server-${number % 7}`,
    subscriptionId: null,
    productId: null,
    dimensions: { zone: number % 2 ? 'fra-1' : 'fra-2', class: 'hdd' },
  }
}
