/** An order's total, and what was missing of its buyer's limit when it was refused; minor units of the order's currency. */
export type OrderSums = { readonly totalMinor: bigint; readonly missingMinor: bigint | null }

/**
 * What a buyer pays so that its order goes on: its total, or more where the limit is exceeded already and what is missing comes to more. What
 * is beyond the total stays the buyer's, to settle what is open.
 */
export function orderAmount({ totalMinor, missingMinor }: OrderSums): bigint {
  return missingMinor !== null && missingMinor > totalMinor ? missingMinor : totalMinor
}
