import type { TenantContext } from '#app/db/context.server.ts'
import { holdRun, lockBillingRun, markRun } from '#app/db/documents/billing-runs.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { summariseDrafts } from '#app/db/documents/run-drafts.server.ts'
import { judgeRun } from '#app/domain/invoice/judge-draft.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type JudgedRun = { readonly mayFinalise: boolean }

/**
 * Decides once everything is drafted: the run goes on by itself, or waits for a person because its sum is above the seller's limit or too
 * many drafts differ wildly from the period before. A run that somebody paused meanwhile stays paused.
 */
export async function judgeBillingRun(ctx: TenantContext, billingRunId: string): Promise<Result<JudgedRun, 'billing-run-not-found'>> {
  const run = await lockBillingRun(ctx, billingRunId)
  if (!run) return err('billing-run-not-found')
  if (run.state === 'paused') return ok({ mayFinalise: false })
  const sums = await summariseDrafts(ctx, run.id)
  const { approvalAbove, wildSharePercent } = await readBillingSettings(ctx)
  const reasons = judgeRun({
    totals: sums.map(({ totalMinor, currency }) => money(totalMinor, currency)),
    approvalAbove,
    compared: sums.reduce((count, each) => count + each.compared, 0),
    wild: sums.reduce((count, each) => count + each.wild, 0),
    wildSharePercent,
  })
  await holdRun(ctx, run.id, reasons)
  await markRun(ctx, run.id, reasons.length > 0 ? 'held' : 'finalising')
  return ok({ mayFinalise: reasons.length === 0 })
}
