import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money } from '../money/money.ts'

/** Amounts that a buyer is offered to add: 20, 50 and 100 of a currency. */
export function topUpPresets(currency: string): Money[] {
  return [20, 50, 100].map((major) => fromDecimal(new Decimal(major), currency))
}
