import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { moveReRateRun, openReRateRun, saveReRateLines } from '#app/db/usage/rerate-runs.server.ts'
import { unitsToReRate } from '#app/db/usage/rerating.server.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { reRateContract } from '../rerating/re-rate-contract.server.ts'
import { lineOf } from '../rerating/run-re-rate.server.ts'

const longestMonthMs = 32 * 86_400_000

export type ReRateChangeInput = { readonly contractId: string; readonly zone: string; readonly at: Date }

/**
 * Rates the usage of the months around a plan change anew: what was rated before it had the old plan's allowance for the whole month,
 * and what came after its instant had the old plan. The difference is posted as a re-rating of its own, which nobody approves: no
 * price changed. Without a difference nothing is written.
 */
export async function reRateChange(ctx: TenantContext, { contractId, zone, at }: ReRateChangeInput): Promise<void> {
  const scope = {
    priceBookIds: [],
    priceVersionIds: [],
    productIds: [],
    meters: [],
    accountIds: [],
    from: localDateOf(new Date(at.getTime() - longestMonthMs), zone),
    through: localDateOf(ctx.now, zone),
  }
  const units = (await unitsToReRate(ctx, scope, [contractId])).filter(({ meters }) => meters.length > 0)
  if (units.length === 0) return
  const runId = newId()
  const months = await reRateContract(ctx, { runId, contractId, units, scope })
  const lines = months.map(lineOf).filter(({ charges }) => charges > 0)
  if (lines.length === 0) return
  await openReRateRun(ctx, { id: runId, scope, reason: 'subscription change', requestedBy: 'subscription changes' })
  await saveReRateLines(ctx, runId, [contractId], lines)
  await moveReRateRun(ctx, runId, { from: 'requested', to: 'applied' })
}
