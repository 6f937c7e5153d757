import { exponentOf } from './currency.ts'
import { Decimal } from './decimal.ts'
import { type Money, toDecimal } from './money.ts'

/** The columns that an amount called `name` takes in a report's file. */
export function amountHead(name: string): string[] {
  return [name, `${name}_minor`]
}

/** An amount as numbers: in major units, and as whole minor units beside it. Its currency has a column of the row. */
export function amountCells(amount: Money): [Decimal, Decimal] {
  return [new Decimal(toDecimal(amount).toFixed(exponentOf(amount.currency))), new Decimal(amount.minor.toString())]
}
