import { importedBy, insertExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { NewPartnerLevel } from '#app/db/sellers/partner-levels.server.ts'
import { readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import { readResellers } from '#app/db/sellers/partner-standings.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { assignLevel } from '#app/services/partner-levels/assign-level.server.ts'
import { addPartnerLevel } from '#app/services/partner-levels/save-partner-level.server.ts'

/** A level of the demo: its rules, and its percentages off the list. */
export type DemoLevel = { readonly level: NewPartnerLevel; readonly off: Readonly<Record<DiscountScope, string>> }

const lenient = { minTurnover: null, turnoverMonths: 12, maxOverdueDays: null, graceDays: 30 }

/** Meridian's levels for resellers. */
export const meridianLevels: readonly DemoLevel[] = [
  { level: { code: 'bronze', name: 'Bronze', rank: 1, ...lenient }, off: { setup: '10', recurring: '10', usage: '10', overage: '10' } },
  {
    level: { code: 'silver', name: 'Silver', rank: 2, ...lenient, minTurnover: money(100_000n, 'EUR'), maxOverdueDays: 30 },
    off: { setup: '10', recurring: '20', usage: '20', overage: '20' },
  },
]

/** The one level that a reseller has for resellers of its own. */
export const resellerLevels: readonly DemoLevel[] = [
  { level: { code: 'partner', name: 'Partner', rank: 1, ...lenient }, off: { setup: '20', recurring: '15', usage: '15', overage: '15' } },
]

/** Adds the levels of a seller, with their buy lists. One that is there stays as it is. */
export async function seedLevels(ctx: TenantContext, levels: readonly DemoLevel[], validFrom: Date): Promise<void> {
  for (const { level, off } of levels) {
    const discounts = Object.entries(off).map(([scope, percent]) => ({
      scope: scope as DiscountScope,
      productGroup: null,
      percent: new Decimal(percent),
    }))
    const added = await addPartnerLevel(ctx, { level, discounts, validFrom })
    invariant(added.ok || added.error === 'level-exists', `level ${level.code}: ${added.ok ? '' : added.error}`)
  }
}

/** Gives a reseller its first level. Where somebody has moved it since, nothing happens. */
export async function seedAssignment(
  ctx: TenantContext,
  { accountId, level, validFrom }: { readonly accountId: string; readonly level: string; readonly validFrom: Date },
): Promise<void> {
  const [reseller] = await readResellers(ctx, [accountId])
  if (reseller?.levelId) return
  const levelId = (await readPartnerLevels(ctx)).find(({ code }) => code === level)?.id
  invariant(levelId, `level ${level} is missing`)
  const assigned = await assignLevel(ctx, { accountId, levelId, validFrom, reason: 'agreed' })
  invariant(assigned.ok, `level of ${accountId}: ${assigned.ok ? '' : assigned.error}`)
}

/** The rate that a reseller turned its buy prices into its own currency with. */
export async function seedExchangeRate(
  ctx: TenantContext,
  pair: { base: string; quote: string; rate: string; date: string },
): Promise<void> {
  await insertExchangeRates(ctx, [{ ...pair, rate: new Decimal(pair.rate), source: 'ECB' }], importedBy('ECB'))
}
