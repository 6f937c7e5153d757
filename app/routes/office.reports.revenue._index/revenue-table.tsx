import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevenueRow, RevenueView } from '#app/reports/revenue/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Table } from '#app/ui/tables/table.tsx'
import { useSubjectName } from '#app/ui/usage/use-subject-name.ts'

type Filter = {
  readonly from: string
  readonly to: string
  readonly by: RevenueView
  readonly accountId: string | null
  readonly product: string | null
}

/** Where a row leads: from a product to its buyers, from a buyer or a month to documents, from a document to itself. */
function pathOf({ from, to, by, accountId, product }: Filter, { key }: RevenueRow): string {
  if (by === 'document') return `/office/invoices/${key}`
  const search = new URLSearchParams({ from, to, by: by === 'month' ? 'account' : by === 'product' && !accountId ? 'account' : 'document' })
  if (by === 'month') search.set('from', key)
  if (by === 'month') search.set('to', key)
  const account = by === 'account' ? key : accountId
  const wanted = by === 'product' ? key : product
  if (account) search.set('account', account)
  if (wanted) search.set('product', wanted)
  return `/office/reports/revenue?${search}`
}

/** What was invoiced, one row for each thing and currency. */
export function RevenueTable({ filter, rows, empty }: { filter: Filter; rows: readonly RevenueRow[]; empty: ReactNode }) {
  const { t } = useTranslation('report')
  const format = useFormat()
  const nameOf = useRowName(filter.by)
  return (
    <Table
      caption={t(`revenue.by.${filter.by}`)}
      rows={rows}
      rowKey={({ key, net }) => `${key} ${net.currency}`}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t(`revenue.column.${filter.by}`),
          isPrimary: true,
          cell: (row) => (
            <TextLink to={pathOf(filter, row)} isQuiet className="font-medium">
              <span suppressHydrationWarning>
                <bdi>{nameOf(row)}</bdi>
              </span>
            </TextLink>
          ),
        },
        ...(filter.by === 'document' ? [{ key: 'buyer', head: t('buyer'), cell: ({ name }: RevenueRow) => <bdi>{name}</bdi> }] : []),
        { key: 'documents', head: t('revenue.documents'), isNumber: true, cell: ({ documents }) => format.quantity(documents) },
        { key: 'net', head: t('revenue.net'), isNumber: true, cell: ({ net }) => <Money amount={net} isBalance /> },
      ]}
    />
  )
}

function useRowName(by: RevenueView): (row: RevenueRow) => string {
  const monthName = useMonthName()
  const subjectName = useSubjectName()
  return ({ key, product, subject, name, number }) => {
    if (by === 'month') return monthName(key)
    if (by === 'document') return number ?? ''
    return by === 'account' ? (name ?? '') : subjectName(product, subject ?? key)
  }
}
