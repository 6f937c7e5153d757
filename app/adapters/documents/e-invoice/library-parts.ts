import type { TaxKey } from '#app/domain/invoice/electronic-invoice.ts'
import { exponentOf } from '#app/domain/money/currency.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'

/** A part of the library's invoice. Its own types spell out every code list; the schema checks them all the same. */
export type Part = Readonly<Record<string, unknown>>

/** An amount with its currency, under the library's name for it. */
export function amount(name: string, value: Money): Part {
  return { [name]: toDecimal(value).toFixed(Math.min(exponentOf(value.currency), 2)), [`${name}@currencyID`]: value.currency }
}

/** Category and rate of a tax; what lies outside the scope has no rate. */
export function taxCategory({ category, rate }: TaxKey, exemption: Part = {}): Part {
  return {
    'cbc:ID': category,
    ...(category === 'O' ? {} : { 'cbc:Percent': rate.toFixed() }),
    ...exemption,
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  }
}
