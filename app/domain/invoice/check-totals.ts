import { add, fromDecimal, type Money, subtract, sum, toDecimal } from '../money/money.ts'
import type { ElectronicInvoice, ElectronicTax, TaxKey } from './electronic-invoice.ts'

/** The arithmetic rules of EN 16931, and the one of each tax category's base (BR-S-8 and its sisters). */
export type TotalsRule =
  | 'BR-CO-10'
  | 'BR-CO-11'
  | 'BR-CO-12'
  | 'BR-CO-13'
  | 'BR-CO-14'
  | 'BR-CO-15'
  | 'BR-CO-16'
  | 'BR-CO-17'
  | 'category-base'

type Totals = Pick<ElectronicInvoice, 'currency' | 'lines' | 'adjustments' | 'taxes' | 'totals'>

/** The rules that a document breaks, in order; none when its figures agree. @throws InvariantError when amounts are in different currencies. */
export function checkTotals(document: Totals): TotalsRule[] {
  const { totals, taxes, currency } = document
  const rules: readonly (readonly [TotalsRule, boolean])[] = [
    ['BR-CO-10', isSame(totals.lines, sum(currency, netsOf(document)))],
    ['BR-CO-11', isSame(totals.allowances, sum(currency, adjustmentsOf(document, 'allowance')))],
    ['BR-CO-12', isSame(totals.charges, sum(currency, adjustmentsOf(document, 'charge')))],
    ['BR-CO-13', isSame(totals.net, add(subtract(totals.lines, totals.allowances), totals.charges))],
    [
      'BR-CO-14',
      isSame(
        totals.tax,
        sum(
          currency,
          taxes.map(({ tax }) => tax),
        ),
      ),
    ],
    ['BR-CO-15', isSame(totals.total, add(totals.net, totals.tax))],
    ['BR-CO-16', isSame(totals.due, subtract(totals.total, totals.paid))],
    ['BR-CO-17', taxes.every(isRateOfBase)],
    ['category-base', hasBases(document)],
  ]
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => rule)
}

function netsOf({ lines }: Totals, key?: TaxKey): Money[] {
  return lines.filter((line) => !key || isOfRate(line, key)).map((line) => line.net)
}

function adjustmentsOf({ adjustments }: Totals, kind: 'allowance' | 'charge', key?: TaxKey): Money[] {
  return adjustments.filter((adjustment) => adjustment.kind === kind && (!key || isOfRate(adjustment, key))).map(({ amount }) => amount)
}

// With prices that include tax, the tax may be one minor unit beside the rate of its base (B8).
function isRateOfBase({ base, tax, rate }: ElectronicTax): boolean {
  const expected = fromDecimal(toDecimal(base).times(rate).div(100), base.currency)
  const off = subtract(tax, expected).minor
  return off >= -1n && off <= 1n
}

/** Each category and rate that is used has one base, the sum of what is taxed so. */
function hasBases(document: Totals): boolean {
  const { currency, taxes, lines, adjustments } = document
  const isListed = (key: TaxKey) => taxes.filter((tax) => isOfRate(tax, key)).length === 1
  if (![...lines, ...adjustments].every(isListed)) return false
  return taxes.every((tax) => {
    const allowances = sum(currency, adjustmentsOf(document, 'allowance', tax))
    const charges = sum(currency, adjustmentsOf(document, 'charge', tax))
    return isSame(tax.base, add(subtract(sum(currency, netsOf(document, tax)), allowances), charges))
  })
}

function isOfRate(a: TaxKey, b: TaxKey): boolean {
  return a.category === b.category && a.rate.eq(b.rate)
}

function isSame(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency
}
