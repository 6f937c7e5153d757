import { Decimal } from './decimal.ts'
import { fromDecimal, type Money, toDecimal } from './money.ts'

/** The amount that somebody wrote in major units, such as `5000.00`; null for what is no amount or finer than the currency holds. */
export function parseMoney(text: string, currency: string): Money | null {
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(text)) return null
  const amount = new Decimal(text)
  const rounded = fromDecimal(amount, currency)
  return toDecimal(rounded).eq(amount) ? rounded : null
}
