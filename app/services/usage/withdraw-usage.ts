import type { KnownUsage } from '#app/db/usage/usage-mediation.server.ts'
import type { NewUsageRecord } from '#app/db/usage/usage-records.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'

/** The facts of accepted usage that decide whose it is. */
export type ReplacedUsage = Omit<KnownUsage, 'reported'>

const nothing = new Decimal(0)

/**
 * `usage` as the successor of `replaced`, the same fact with another quantity. When the fact has another owner by now, the
 * successor stands alone and a record of nothing takes the old quantity back where it was charged: at its owner, and on
 * the way down to its buyers.
 */
export function succeed(usage: NewUsageRecord, replaced: ReplacedUsage | undefined): NewUsageRecord[] {
  if (!replaced) return [usage]
  if (replaced.accountId === usage.accountId && replaced.subscriptionId === usage.subscriptionId)
    return [{ ...usage, supersedesId: replaced.id }]
  const { accountId, subscriptionId, productId, resourceId, meter, unit } = replaced
  const owned = { accountId, subscriptionId, productId, resourceId, meter, unit }
  const sourceKey = `${usage.sourceKey}:withdrawn`
  const withdrawal = { ...usage, ...owned, sourceKey, quantity: nothing, rawUsageId: null, sourceUsageId: null, supersedesId: replaced.id }
  return [withdrawal, usage]
}
