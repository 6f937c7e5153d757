import { Decimal } from '#app/domain/money/decimal.ts'
import { type Told, toldBy } from './read-en16931.ts'

const sum = (numbers: readonly Decimal[]) => numbers.reduce((total, next) => total.plus(next), new Decimal(0))

/** Net, tax and total of a document in either syntax, as it writes them. */
export function figuresOf(xml: string): string[] {
  const { net, tax, total } = toldBy(xml).totals
  return [net, tax, total].map((amount) => amount.toFixed(2))
}

/** The rules of EN 16931 that a document breaks, read from its XML alone: UBL or CII. */
export function brokenRules(xml: string): string[] {
  const told = toldBy(xml)
  const rules = [...presence(told), ...arithmetic(told), ...codes(told), ...told.taxes.flatMap((tax) => categoryRules(told, tax))]
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => rule)
}

type Rule = readonly [string, boolean]

function presence({ facts, seller, buyer, lines, adjustments, taxes }: Told): Rule[] {
  return [
    ['BR-01', facts.profile !== null],
    ['BR-02', facts.number !== null],
    ['BR-03', /^\d{4}-?\d{2}-?\d{2}$/.test(facts.issueDate ?? '')],
    ['BR-06', seller.name !== null],
    ['BR-07', buyer.name !== null],
    ['BR-09', /^[A-Z]{2}$/.test(seller.country ?? '')],
    ['BR-11', /^[A-Z]{2}$/.test(buyer.country ?? '')],
    ['BR-16', lines.length > 0],
    ['BR-25', lines.every(({ name }) => name !== null && name !== '')],
    ['BR-27', lines.every(({ price }) => !price.isNegative())],
    ['BR-33', adjustments.every(({ reason }) => reason !== null)],
    ['BR-CO-18', taxes.length > 0],
    ['BR-CO-26', seller.vatId !== null || seller.otherId !== null],
  ]
}

function arithmetic({ lines, adjustments, taxes, totals }: Told): Rule[] {
  const of = (isCharge: boolean) => sum(adjustments.filter((entry) => entry.isCharge === isCharge).map(({ amount }) => amount))
  return [
    ['BR-CO-10', totals.lines.eq(sum(lines.map(({ net }) => net)))],
    ['BR-CO-11', totals.allowances.eq(of(false))],
    ['BR-CO-12', totals.charges.eq(of(true))],
    ['BR-CO-13', totals.net.eq(totals.lines.minus(totals.allowances).plus(totals.charges))],
    ['BR-CO-14', totals.tax.eq(sum(taxes.map(({ tax }) => tax)))],
    ['BR-CO-15', totals.total.eq(totals.net.plus(totals.tax))],
    ['BR-CO-16', totals.due.eq(totals.total.minus(totals.prepaid))],
    // With prices that include tax, it may be one minor unit beside the rate of its base (B8).
    [
      'BR-CO-17',
      taxes.every(({ base, tax, rate }) =>
        base
          .times(rate ?? 0)
          .div(100)
          .toDecimalPlaces(2)
          .minus(tax)
          .abs()
          .lte('0.01'),
      ),
    ],
    ['R120', lines.every(({ net, quantity, price, base }) => quantity.times(price).div(base).minus(net).abs().lt('0.01'))],
    ['adjustments above zero', adjustments.every(({ amount }) => !amount.isNegative())],
  ]
}

const typeCodes = ['325', '380', '381', '383', '384', '386', '389']
const categories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O']
/** UNECE Recommendation 20, as far as our meters go. */
const units = ['C62', 'HUR', 'MON', 'E34']

function codes({ facts, lines, adjustments, taxes, seller, buyer, amounts }: Told): Rule[] {
  const vatIds = [seller, buyer].flatMap(({ vatId }) => vatId ?? [])
  return [
    ['BR-CL-01', typeCodes.includes(facts.typeCode ?? '')],
    ['BR-CL-04', /^[A-Z]{3}$/.test(facts.currency ?? '')],
    ['BR-CL-17', [...taxes, ...lines, ...adjustments].every(({ category }) => categories.includes(category))],
    ['BR-CL-23', lines.every(({ unit }) => units.includes(unit))],
    ['BR-CO-09', vatIds.every((id) => /^[A-Z]{2}/.test(id))],
    ['BR-DEC', amounts.every((text) => /^-?\d+(\.\d{1,2})?$/.test(text))],
  ]
}

/** The rules of one category of VAT, by its name in the standard. */
function categoryRules(told: Told, tax: Told['taxes'][number]): Rule[] {
  const { category, rate, reason } = tax
  const { seller, buyer, lines, adjustments, taxes } = told
  const isSame = (entry: Told['taxes'][number] | Told['lines'][number] | Told['adjustments'][number]) =>
    entry.category === category && new Decimal(entry.rate ?? 0).eq(rate ?? 0)
  const adjusted = (isCharge: boolean) =>
    sum(adjustments.filter((entry) => isSame(entry) && entry.isCharge === isCharge).map((entry) => entry.amount))
  const base = sum(lines.filter(isSame).map(({ net }) => net))
    .minus(adjusted(false))
    .plus(adjusted(true))
  const isRated = category === 'S'
  const isUntold = category === 'S' || category === 'Z'
  const hasSellerId = seller.vatId !== null || seller.otherId !== null
  const rules: Rule[] = [
    ['1', taxes.filter(isSame).length === 1],
    ['5', isRated ? new Decimal(rate ?? 0).gt(0) : new Decimal(rate ?? 0).isZero()],
    ['8', tax.base.eq(base)],
    ['9', isRated || tax.tax.isZero()],
    ['10', isUntold ? reason === null : reason !== null && reason !== ''],
    ['2', category === 'O' ? seller.vatId === null && buyer.vatId === null : hasSellerId],
    ['2 buyer', category !== 'AE' || buyer.vatId !== null || buyer.otherId !== null],
    ['rate', category === 'O' ? rate === null : rate !== null],
    ['11', category !== 'O' || taxes.length === 1],
  ]
  return rules.map(([number, isKept]) => [`BR-${category}-${number}`, isKept])
}
