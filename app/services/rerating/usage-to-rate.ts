import type { UnratedUsage } from '#app/db/usage/usage-rating.server.ts'
import type { UsageToRate } from '#app/domain/rating/terms.ts'

/** A stored record as rating takes it. */
export function toRate(record: UnratedUsage): UsageToRate {
  const { id, meter, unit, quantity, resourceRef, subscriptionId, dimensions } = record
  const window = { start: record.windowStart, end: record.windowEnd }
  return { id, meter, unit, quantity, window, resourceRef, subscriptionId, productId: null, dimensions }
}
