import type { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, subtract, sum, toDecimal } from '../money/money.ts'
import type { TaxTreatment } from './determine-tax.ts'

/** Whether amounts include tax (`inclusive`: the gross is fixed) or not. */
export type TaxBehaviour = 'inclusive' | 'exclusive'

/** The tax of a shown price: its rate in percent, and whether the price includes it. */
export type PriceTax = { readonly percent: string; readonly behaviour: TaxBehaviour }

export type TaxableAmount = { readonly amount: Money; readonly treatment: TaxTreatment }

/** The tax of one category and rate of a document: `base` is net, whatever the prices included. */
export type TaxLine = TaxTreatment & { readonly base: Money; readonly tax: Money }

export type TaxInput = { readonly currency: string; readonly behaviour: TaxBehaviour; readonly amounts: readonly TaxableAmount[] }

/**
 * The tax of a document, rounded once for each rate on the sum of its amounts (B7). With inclusive prices the gross is
 * kept and tax = gross × rate ÷ (100 + rate), net = gross − tax (B8). Highest rate first.
 * @throws InvariantError when an amount is in another currency.
 */
export function taxLines({ currency, behaviour, amounts }: TaxInput): TaxLine[] {
  const groups = new Map<string, TaxableAmount[]>()
  for (const entry of amounts) {
    const key = `${entry.treatment.category}|${entry.treatment.rate}`
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group
    return first
      ? [
          taxLine(
            first.treatment,
            sum(
              currency,
              group.map((entry) => entry.amount),
            ),
            behaviour,
          ),
        ]
      : []
  })
  return lines.sort((a, b) => b.rate.comparedTo(a.rate) || (a.category < b.category ? -1 : 1))
}

/** Net and tax of amounts together, tax rounded once per rate. */
export function taxedTotal(input: TaxInput): { readonly net: Money; readonly tax: Money } {
  const lines = taxLines(input)
  const all = (pick: (line: TaxLine) => Money) => sum(input.currency, lines.map(pick))
  return { net: all(({ base }) => base), tax: all(({ tax }) => tax) }
}

function taxLine(treatment: TaxTreatment, amount: Money, behaviour: TaxBehaviour): TaxLine {
  const { rate } = treatment
  if (behaviour === 'exclusive') return { ...treatment, base: amount, tax: share(amount, rate, 100) }
  const tax = share(amount, rate, rate.plus(100))
  return { ...treatment, base: subtract(amount, tax), tax }
}

function share(amount: Money, part: Decimal, whole: Decimal | number): Money {
  return fromDecimal(toDecimal(amount).times(part).div(whole), amount.currency)
}
