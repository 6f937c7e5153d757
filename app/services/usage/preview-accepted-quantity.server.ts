import type { TenantContext } from '#app/db/context.server.ts'
import { dryRun } from '#app/db/dry-run.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { type QuantityCorrection, readQuantityCorrections } from '#app/db/usage/quantity-corrections.server.ts'
import { readUsageStretch } from '#app/db/usage/usage-stretch.server.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { takeReported } from './accept-quantity.server.ts'
import { rateStretch } from './rate-batch.server.ts'

export type AcceptedQuantityPreview = {
  readonly rows: readonly QuantityCorrection[]
  /** The difference at this level before tax, per currency. */
  readonly totals: readonly Money[]
  /** Why chosen reports cannot be accepted: one reason each. */
  readonly refused: readonly string[]
}

/** More than the reports of a page become, those that go to another owner included. */
const most = 500

/** What accepting the reported quantities would change of usage and charges: by the deed itself and the rating, both taken back. */
export function previewAcceptedQuantity(ctx: TenantContext, quarantineIds: readonly string[]): Promise<AcceptedQuantityPreview> {
  return dryRun(ctx, async () => {
    // New records come after this id.
    const afterId = newId()
    const { taken, refused } = await takeReported(ctx, quarantineIds)
    const usageIds: string[] = []
    for (const batchId of new Set(taken.map((report) => report.batchId))) {
      const stretch = await readUsageStretch(ctx, { batchId, afterId, limit: most })
      await rateStretch(ctx, batchId, stretch)
      usageIds.push(...stretch.map(({ id }) => id))
    }
    const rows = await readQuantityCorrections(ctx, usageIds)
    return { rows, totals: totalsOf(rows), refused: refused.map(({ reason }) => reason) }
  })
}

function totalsOf(rows: readonly QuantityCorrection[]): Money[] {
  const totals = new Map<string, Decimal>()
  for (const { currency, difference } of rows) {
    if (currency) totals.set(currency, totals.get(currency)?.plus(difference) ?? difference)
  }
  return [...totals].map(([currency, total]) => fromDecimal(total, currency))
}
