import { amountCells, amountHead } from '#app/domain/money/amount-cells.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { type Aging, agingBuckets } from './shape.ts'

const figures = [...agingBuckets, 'total'] as const
const columns = ['not_due', 'days_1_30', 'days_31_60', 'days_61_90', 'older', 'credit', 'total']

/** What every buyer owed on a day, as a table with its head. */
export function agingTable({ asOf, rows }: Pick<Aging, 'asOf' | 'rows'>): (string | Decimal)[][] {
  const head = ['date', 'buyer', 'currency', ...columns.flatMap(amountHead)]
  const cells = rows.map((row) => [asOf, row.name, row.total.currency, ...figures.flatMap((figure) => amountCells(row[figure]))])
  return [head, ...cells]
}
