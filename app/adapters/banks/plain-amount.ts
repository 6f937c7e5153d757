import { exponentOf, isCurrency } from '#app/domain/money/currency.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { BankFileError } from './bank-file-error.ts'

/** An amount of a file in the decimals its currency has. @throws BankFileError for anything else. */
export function plainAmount(text: string, currency: string, place: string): Money {
  if (!isCurrency(currency)) throw new BankFileError('file-malformed', `${place}: ${currency.slice(0, 10)}`)
  if (!/^-?\d{1,15}(\.\d{0,5})?$/.test(text)) throw new BankFileError('file-malformed', `${place}: ${text.slice(0, 30)}`)
  const amount = new Decimal(text.replace(/\.$/, ''))
  if (amount.decimalPlaces() > exponentOf(currency)) throw new BankFileError('file-malformed', `${place}: ${text}`)
  return fromDecimal(amount, currency)
}

/** A day of the calendar from its parts. @throws BankFileError when there is no such day. */
export function plainDay(parts: { year: string; month: string; day: string }, place: string): string {
  const text = `${parts.year}-${parts.month.padStart(2, '0')}-${parts.day.padStart(2, '0')}`
  const day = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new BankFileError('file-malformed', `${place}: ${text.slice(0, 20)}`)
  return text
}
