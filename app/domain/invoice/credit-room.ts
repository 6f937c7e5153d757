import { add, type Money, subtract } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** What of an invoice's `total` can still be credited after `credited` was. */
export function creditRoom(total: Money, credited: Money): Money {
  return subtract(total, credited)
}

/** `requested`, when together with what was `credited` before it does not exceed the invoice's `total` (B12). */
export function checkCredit({
  total,
  credited,
  requested,
}: {
  total: Money
  credited: Money
  requested: Money
}): Result<Money, 'credit-exceeds-invoice'> {
  return requested.minor > 0n && add(credited, requested).minor <= total.minor ? ok(requested) : err('credit-exceeds-invoice')
}
