import { exponentOf, isCurrency } from './currency.ts'
import { Decimal } from './decimal.ts'
import { fromDecimal, type Money } from './money.ts'

/** An amount as a person types it, e.g. `19.90`; undefined for anything but a plain number the currency can hold. */
export function typedAmount(text: string, currency: string): Money | undefined {
  if (!isCurrency(currency) || !/^\d{1,15}(\.\d{1,3})?$/.test(text)) return undefined
  const amount = new Decimal(text)
  return amount.decimalPlaces() > exponentOf(currency) ? undefined : fromDecimal(amount, currency)
}
