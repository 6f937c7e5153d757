import type { ReactNode } from 'react'
import { classNames } from '../base/class-names.ts'

export type Column<Row> = {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Numbers and money stand at the end of their column. */
  readonly isNumber?: boolean
  /** The column that names the row: it heads the card on a phone. */
  readonly isPrimary?: boolean
  /** Words that may take several lines; all other cells keep one. */
  readonly isLong?: boolean
  /** Shown on wide screens, and on a phone's card, only. */
  readonly isExtra?: boolean
  /** Text of the head where it is not plain text, for cards on a phone. */
  readonly label?: string
}

type TableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Stands in the table's own space when there is no row. */
  empty?: ReactNode
  foot?: ReactNode
  className?: string
}

/** Rows of 40 px under a head that stays where the table fits; on a phone each row is a card. Roles are explicit: display changes would drop them. */
export function Table<Row>({ caption, columns, rows, rowKey, empty, foot, className }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <div className={className}>{empty}</div>
  return (
    // Words for screen readers are placed absolutely: they scroll with the table only inside of something positioned.
    <div className={classNames('relative overflow-x-auto min-[100rem]:overflow-visible', className)}>
      <table role="table" className="stack-table w-full border-separate border-spacing-0 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" className={headClasses(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="[&>tr:last-child>td]:border-b-0 max-md:divide-y max-md:divide-border">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className="hover:bg-soft">
              {columns.map((column) => (
                <Cell key={column.key} column={column}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {foot}
      </table>
    </div>
  )
}

function headClasses<Row>(column: Column<Row>): string {
  return classNames(
    'sticky top-0 min-[100rem]:top-(--sticky-top,0px) z-10 h-10 border-b border-border bg-surface px-3 font-medium text-muted whitespace-nowrap first:ps-card last:pe-card first:rounded-ss-card last:rounded-se-card',
    column.isNumber ? 'text-end' : 'text-start',
    column.isExtra && 'hidden min-[100rem]:table-cell',
  )
}

function Cell<Row>({ column, children }: { column: Column<Row>; children: ReactNode }) {
  const label = column.label ?? (typeof column.head === 'string' ? column.head : undefined)
  return (
    <td
      role="cell"
      data-label={column.isPrimary ? undefined : label}
      data-primary={column.isPrimary ? '' : undefined}
      className={classNames(
        'border-b border-border px-3 py-1.5 max-md:min-h-9 max-md:border-b-0 md:h-row md:first:ps-card md:last:pe-card',
        column.isNumber ? 'tabular text-end whitespace-nowrap' : 'text-start',
        !column.isLong && 'md:whitespace-nowrap',
        column.isExtra && 'md:hidden min-[100rem]:table-cell',
      )}
    >
      <div className="min-w-0 md:contents">{children}</div>
    </td>
  )
}
