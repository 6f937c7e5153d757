import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money } from '../money/money.ts'

/** Hours of an average month: 365 days in twelve parts. */
export const hoursOfMonth = 730

/** About what `quantity` units cost in a month at `hourly` each, net, in `currency`; rounded once. */
export function monthPrice({ hourly, quantity, currency }: { hourly: string; quantity: number; currency: string }): Money {
  return fromDecimal(new Decimal(hourly).times(quantity).times(hoursOfMonth), currency)
}
