import { clock } from '#app/config/clock.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { publishVersion } from '#app/services/pricing/publish-version.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { demoId, tenantOf } from './accounts.ts'
import { atInstant } from './at-instant.ts'
import { seedMappingsOf, simulatorConnectionId } from './cloud.ts'
import { type SeededSeller, type Slug, yearlyBook } from './sellers.ts'
import { pathOf, seedServer } from './servers.ts'

type Sellers = ReadonlyMap<Slug, SeededSeller>
type Planned = { readonly name: string; readonly customer: string; readonly plan: string; readonly isNew?: boolean }

/** Servers of the simulated cloud: they are charged by their plan alone. */
const planned: readonly Planned[] = [
  { name: 'falk-shop', customer: 'falk', plan: 'web-2' },
  { name: 'weser-portal', customer: 'weser', plan: 'web-1' },
  { name: 'jade-dock', customer: 'jade', plan: 'web-1' },
  { name: 'ruegen-fotos', customer: 'ruegen', plan: 'web-1' },
  { name: 'lahn-archiv', customer: 'lahn', plan: 'web-2', isNew: true },
  { name: 'harz-filialen', customer: 'harz', plan: 'web-1' },
  { name: 'elster-kurse', customer: 'elster', plan: 'web-1' },
  { name: 'saale-touren', customer: 'saale', plan: 'web-1' },
  { name: 'steiner-web', customer: 'steiner', plan: 'web-1' },
  { name: 'brenner-shop', customer: 'brenner', plan: 'web-1' },
  { name: 'arlberg-verleih', customer: 'arlberg', plan: 'web-2' },
]

/** What the prices of a year have in common. */
const yearly: Omit<NewPriceRule, 'productId' | 'unitPrice'> = {
  feeKind: 'recurring',
  meter: null,
  unit: 'year',
  interval: { unit: 'year', count: 1 },
  billingMode: null,
  included: new Decimal(0),
  includedScope: 'subscription',
  rollsOver: false,
  cap: null,
  minimum: null,
  quantityStep: null,
  match: {},
  model: { kind: 'per-unit' },
}

const monthsBefore = 4
const yearlyFrom = 1
const monthsOfAYear = 10
const size = { cpuNumber: 1, memoryMib: 2048, diskGib: 40 }

/**
 * Customers on a plan of the simulated cloud since `monthsBefore` months, or since the month's first day where they are new. The cloud
 * itself knows their servers only for an hour, so that its metering has nothing to tell of closed months. Safe to repeat.
 */
export async function seedPlans(sellers: Sellers, monthStart: Date): Promise<void> {
  const built = new Map<string, { readonly ref: string; readonly address: string | null }>()
  await atInstant(new Date(clock.now().getTime() - 3_600_000), async () => {
    for (const { name, customer } of planned) built.set(name, await build(sellers, name, customer))
  })
  for (const { name, customer, plan, isNew } of planned) {
    const { ref, address } = built.get(name) ?? { ref: '', address: null }
    const startedAt = isNew ? startOfDay(localDateOf(monthStart, 'UTC'), 'Europe/Berlin') : monthsAround(monthStart, -monthsBefore)
    const place = { cloudRef: simulatorConnectionId, externalId: ref, address, zone: 'fra-1', isManaged: true }
    await seedServer(sellers, { name, customer, plan, startedAt, deletedAt: null, ...place })
  }
}

/** Builds the server in the simulated cloud, where its owner goes by the customer's own id at every level. */
async function build(sellers: Sellers, name: string, customer: string) {
  const ownerAccountId = demoId('account', customer)
  for (const { slug, accountId } of pathOf(sellers, customer)) {
    const mappings = [{ kind: 'account', ref: ownerAccountId, accountId }] as const
    await seedMappingsOf(sellers, slug, { cloudRef: simulatorConnectionId, mappings })
  }
  const cloud = { id: simulatorConnectionId, adapter: 'simulator', endpoint: 'simulator:', apiKey: null, secretCiphertext: null }
  const driver = cloudPorts.driverFor({ tenantId: tenantOf(sellers, 'meridian'), ...cloud })
  const spec = { idempotencyKey: demoId('server', name), name, image: 'debian-12', zone: 'fra-1', ownerAccountId, ...size }
  const { ref, address } = await driver.createServer(spec)
  return { ref, address: address ?? null }
}

/** Plans that are paid by the year, at ten times the price of a month. Safe to repeat. */
export async function seedYearlyPrices(sellers: Sellers, validFrom: Date): Promise<void> {
  await inTenant(tenantOf(sellers, 'meridian'), async (ctx) => {
    const book = await ctx.db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId: ctx.tenantId, code: yearlyBook } } })
    if ((await ctx.db.priceVersion.count({ where: { tenantId: ctx.tenantId, priceBookId: book.id } })) === 1)
      await publishYearly(ctx, book.id, validFrom)
  })
}

async function publishYearly(ctx: TenantContext, priceBookId: string, validFrom: Date): Promise<void> {
  const rules = await ctx.db.priceRule.findMany({ where: { tenantId: ctx.tenantId, feeKind: 'recurring', priceVersion: { priceBookId } } })
  const adds = rules.map(({ productId, unitPrice }): NewPriceRule => {
    const price = new Decimal(unitPrice.toString()).times(monthsOfAYear)
    return { ...yearly, productId, unitPrice: price }
  })
  const published = await publishVersion(ctx, {
    priceBookId,
    validFrom: monthsAround(validFrom, yearlyFrom),
    note: 'Zehn Monate zahlen, zwölf nutzen',
    change: (rule) => (rule.feeKind === 'recurring' ? undefined : rule),
    adds,
  })
  invariant(published.ok, `yearly prices: ${published.ok ? '' : published.error}`)
}

function monthsAround(month: Date, months: number): Date {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + months, 1))
}
