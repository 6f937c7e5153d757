import { fromDecimal, type Money, subtract, sum, toDecimal } from '../money/money.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import type { TaxLine } from '../tax/tax-lines.ts'

/** The net of each line with inclusive prices: rounded, and the last line of a rate takes what is left of its base. */
export function netsOf(amounts: readonly { amount: Money; treatment: TaxTreatment }[], taxes: readonly TaxLine[]): Money[] {
  const nets = amounts.map(({ amount, treatment }) =>
    fromDecimal(toDecimal(amount).times(100).div(treatment.rate.plus(100)), amount.currency),
  )
  for (const tax of taxes) {
    const indexes = amounts.flatMap(({ treatment }, index) => (isOf(tax, treatment) ? [index] : []))
    const last = indexes.at(-1)
    if (last === undefined) continue
    const others = indexes.slice(0, -1).map((index) => nets[index] ?? tax.base)
    nets[last] = subtract(tax.base, sum(tax.base.currency, others))
  }
  return nets
}

function isOf(tax: TaxLine, treatment: TaxTreatment): boolean {
  return tax.category === treatment.category && tax.rate.eq(treatment.rate)
}
