import type { TenantContext } from '#app/db/context.server.ts'
import { readTrialUsed } from '#app/db/subscriptions/trials.server.ts'
import { trialMeasures, trialOf } from '#app/domain/catalog/trial-terms.ts'
import type { TrialMeter } from './shape.ts'

type Tried = { readonly productId: string; readonly accountId: string; readonly trialEndsAt: Date | null }

/** What the buyer of a subscription that is in trial has of its product, for each limit that the product sets; empty after the trial. */
export async function readTrialMeters(ctx: TenantContext, { productId, accountId, trialEndsAt }: Tried): Promise<TrialMeter[]> {
  if (!trialEndsAt || trialEndsAt <= ctx.now) return []
  const product = await ctx.db.product.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: productId } },
    select: { spec: true },
  })
  const limits = trialOf(product?.spec)?.limits
  if (!limits || trialMeasures.every((measure) => limits[measure] === null)) return []
  const used = await readTrialUsed(ctx, { productId, accountId })
  return trialMeasures.flatMap((measure) => {
    const most = limits[measure]
    return most === null ? [] : [{ measure, used: used[measure], most }]
  })
}
