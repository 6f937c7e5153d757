import { inTenant } from '#app/db/context.server.ts'
import type { DunningAction } from '#app/domain/dunning/policy.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { activatePolicy, draftPolicy } from '#app/services/dunning/keep-policies.server.ts'
import type { SeededSeller, Slug } from './sellers.ts'

const step = (day: number, action: DunningAction, feeMinor = 0n) => ({
  day,
  action,
  feeMinor,
  ratePercent: new Decimal(0),
  texts: {},
  charges: action !== 'terminate',
})
const steps = [step(3, 'notify'), step(10, 'block', 500n), step(21, 'suspend', 1000n)]

/** Rules of dunning in each seller's own currency, for every account: a reminder, then orders are blocked, then services stand still. */
export async function seedDunning(sellers: ReadonlyMap<Slug, SeededSeller>): Promise<void> {
  for (const { tenantId } of sellers.values())
    await inTenant(tenantId, async (ctx) => {
      if ((await ctx.db.dunningPolicy.count({ where: { tenantId } })) > 0) return
      const { currency } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { currency: true } })
      const drafted = await draftPolicy(ctx, { segment: null, currency, minimumMinor: 500n, capMinor: 5000n, steps })
      invariant(drafted.ok, 'the rules of the demo are refused')
      await activatePolicy(ctx, drafted.value.policyId)
    })
}
