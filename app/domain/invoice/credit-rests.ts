import type { Decimal } from '../money/decimal.ts'
import { add, type Money, money, subtract, zero } from '../money/money.ts'
import type { FinalisedInvoice, FinalisedTax } from './finalised-invoice.ts'

/** What earlier credit notes took of an invoice: by rate all of them, by line those that named one. */
export type CreditedBefore = {
  readonly taxes: readonly Pick<FinalisedTax, 'category' | 'rate' | 'base' | 'tax'>[]
  readonly lines: ReadonlyMap<string, { readonly net: Money; readonly quantity: Decimal }>
}

/** An invoice and what was credited of it. */
export type Crediting = { readonly invoice: FinalisedInvoice; readonly before: CreditedBefore }

/** What is left to credit of an invoice, tax included. */
export function creditableRest({ invoice, before }: Crediting): Money {
  return ratesLeft({ invoice, before }).reduce((total, { base, tax }) => add(total, add(base, tax)), zero(invoice.total.currency))
}

/** What is left to credit of each line, net; a rate that was credited by amounts may allow less. */
export function lineRests({ invoice, before }: Crediting): ReadonlyMap<string, Money> {
  return new Map(invoice.lines.map((line) => [line.id, subtract(line.net, before.lines.get(line.id)?.net ?? zero(line.net.currency))]))
}

/** What is left to credit of one rate. */
export type RateLeft = Pick<FinalisedTax, 'category' | 'rate' | 'reason' | 'base' | 'tax'>

/** What is left to credit of each rate, in the invoice's order. */
export function ratesLeft({ invoice, before }: Crediting): RateLeft[] {
  return invoice.taxes.map((tax) => {
    const credited = before.taxes.filter((other) => isSameRate(other, tax))
    return {
      ...tax,
      base: credited.reduce((left, { base }) => subtract(left, base), tax.base),
      tax: credited.reduce((left, other) => subtract(left, other.tax), tax.tax),
    }
  })
}

/** Whether two lines or tax lines are of one category and rate. */
export function isSameRate(a: Pick<FinalisedTax, 'category' | 'rate'>, b: Pick<FinalisedTax, 'category' | 'rate'>): boolean {
  return a.category === b.category && a.rate.eq(b.rate)
}

/** Whether `part` lies between nothing and `whole`, on whichever side of zero that is. */
export function isWithin(part: Money, whole: Money): boolean {
  return within(part, whole).minor === part.minor
}

/** `part`, drawn in between nothing and `whole` where it goes beyond. */
export function within(part: Money, whole: Money): Money {
  const [least, most] = whole.minor < 0n ? [whole.minor, 0n] : [0n, whole.minor]
  return money(part.minor < least ? least : part.minor > most ? most : part.minor, part.currency)
}
