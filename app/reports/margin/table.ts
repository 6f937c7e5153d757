import { amountCells, amountHead } from '#app/domain/money/amount-cells.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { MarginReport, MarginView } from './shape.ts'

/**
 * Margin of a month as a table with its head: a row for each side and currency of a thing, and one for what is left; with the rate it was
 * converted at.
 */
export function marginTable(month: string, by: MarginView, report: MarginReport): (string | Decimal)[][] {
  const head = ['month', by, 'side', 'currency', ...amountHead('amount'), 'percent', 'rates']
  const rates = report.rates.map(({ base, quote, rate, source, date }) => `1 ${base} = ${rate} ${quote} (${source}, ${date})`).join('; ')
  const rows = report.rows.flatMap(({ product, subject, name, key, sold, bought, margin, percent }): (string | Decimal)[][] => {
    const about = [month, (product ? (product.en ?? Object.values(product)[0]) : (name ?? subject)) ?? key]
    return [
      ...sold.map((amount) => [...about, 'sold', amount.currency, ...amountCells(amount), '', '']),
      ...bought.map((amount) => [...about, 'bought', amount.currency, ...amountCells(amount), '', '']),
      ...(margin ? [[...about, 'margin', margin.currency, ...amountCells(margin), percent ?? '', rates]] : []),
    ]
  })
  return [head, ...rows]
}
