import { amountCells, amountHead } from '#app/domain/money/amount-cells.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { RevenueFilter } from './query.server.ts'
import type { RevenueRow } from './shape.ts'

/** What was invoiced in a period, as a table with its head. */
export function revenueTable({ from, to, by }: RevenueFilter, rows: readonly RevenueRow[]): (string | Decimal)[][] {
  const head = ['from', 'to', by, 'buyer', 'documents', 'currency', ...amountHead('net')]
  const cells = rows.map(({ key, product, subject, name, number, documents, net }) => [
    from,
    to,
    (product ? (product.en ?? Object.values(product)[0]) : (subject ?? number ?? (by === 'account' ? name : key))) ?? '',
    name ?? '',
    String(documents),
    net.currency,
    ...amountCells(net),
  ])
  return [head, ...cells]
}
