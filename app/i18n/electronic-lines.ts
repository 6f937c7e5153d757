import type { ElectronicAdjustment, ElectronicLine, ElectronicPeriod } from '#app/domain/invoice/electronic-invoice.ts'
import type { FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, money, negate, toDecimal } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { lineFactsOf } from './invoice-facts-of.ts'
import { type DocumentTexts, documentLine } from './invoice-lines.ts'
import type { Language } from './languages.ts'

type Shown = { readonly language: Language; readonly period: ElectronicPeriod }

/** A line in the words of the page. Its own period stands only where it lies in the document's, as the Peppol rules want it. */
export function electronicLine(texts: DocumentTexts, line: FinalisedLine, { language, period }: Shown): ElectronicLine {
  const facts = lineFactsOf(line, language)
  const { description, detail, quantity } = documentLine(texts, facts)
  const priced = priceOf(line)
  const own = { start: localDateOf(line.period.start, texts.zone), end: localDateOf(new Date(line.period.end.getTime() - 1), texts.zone) }
  const isInside = own.start >= period.start && own.start <= own.end && own.end <= period.end
  const details = [detail, priced.unit === facts.unit ? undefined : quantity].filter(Boolean)
  return {
    name: description,
    description: details.length > 0 ? details.join(' · ') : null,
    quantity: priced.quantity,
    unit: priced.unit,
    unitPrice: priced.unitPrice,
    net: line.net,
    period: isInside ? own : null,
    category: line.taxCategory,
    rate: line.taxRate,
  }
}

type Priced = Pick<ElectronicLine, 'quantity' | 'unit' | 'unitPrice'>

/**
 * Quantity and price of a line as the standard has them: the price is never negative, so a credit has a negative quantity. Where the two do
 * not give the amount, e.g. a difference from an earlier invoice, the line is one piece at its amount.
 */
function priceOf({ kind, billedQuantity, unitPrice, net, unit }: FinalisedLine): Priced {
  const size = net.minor < 0n ? negate(net) : net
  const [quantity, price] = [billedQuantity.abs(), unitPrice.abs()]
  const sign = net.minor < 0n ? -1 : 1
  const isProduct = fromDecimal(quantity.times(price), net.currency).minor === size.minor
  if (isProduct && kind !== 'correction') return { quantity: quantity.times(sign), unit, unitPrice: price }
  return { quantity: new Decimal(sign), unit: 'piece', unitPrice: toDecimal(size) }
}

/** A discount line as an allowance, or as a charge where it takes a discount back. */
export function electronicAdjustment(texts: DocumentTexts, line: FinalisedLine, language: Language): ElectronicAdjustment {
  const { description, detail } = documentLine(texts, lineFactsOf(line, language))
  const amount = line.net.minor < 0n ? negate(line.net) : line.net
  return {
    kind: line.net.minor < 0n ? 'allowance' : 'charge',
    reason: [description, detail].filter(Boolean).join(' · '),
    amount,
    percent: percentOf(line, amount),
    category: line.taxCategory,
    rate: line.taxRate,
  }
}

/** The percentage and its base, where they give the amount: a discount over several rates is told by its amounts alone. */
function percentOf({ subject }: FinalisedLine, amount: Money): ElectronicAdjustment['percent'] {
  const { percent = null, baseMinor = '0' } = subject.discount ?? {}
  if (percent === null) return null
  const base = money(BigInt(baseMinor), amount.currency)
  const rate = new Decimal(percent)
  return fromDecimal(toDecimal(base).times(rate).div(100), amount.currency).minor === amount.minor ? { rate, base } : null
}
