import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type AgingBucket, type AgingFigures, type AgingRow, agingBuckets } from '#app/reports/aging/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { sheetPath } from '#app/ui/payments/ledger-parts.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

type Place = { readonly asOf: string; readonly accountId?: string }

/** A figure that opens the documents behind it; nothing opens nothing. */
function Figure({ figures, bucket, asOf, accountId }: Place & { figures: AgingFigures; bucket: AgingBucket | 'total' }) {
  const amount = figures[bucket]
  if (amount.minor === 0n) return <span className="text-muted">–</span>
  const search = new URLSearchParams({ date: asOf, currency: amount.currency })
  if (bucket !== 'total') search.set('bucket', bucket)
  if (accountId) search.set('account', accountId)
  return (
    <TextLink to={`/office/reports/aging/documents?${search}`} isQuiet>
      <Money amount={amount} isBalance />
    </TextLink>
  )
}

function useFigureColumns<Row extends AgingFigures>(place: (row: Row) => Place): Column<Row>[] {
  const { t } = useTranslation('report')
  return [...agingBuckets, 'total' as const].map((bucket) => ({
    key: bucket,
    head: t(`aging.bucket.${bucket}`),
    isNumber: true,
    cell: (row: Row) => <Figure figures={row} bucket={bucket} {...place(row)} />,
  }))
}

/** What is open altogether, by currency. */
export function AgingTotals({ asOf, totals }: { asOf: string; totals: readonly AgingFigures[] }) {
  const { t } = useTranslation('report')
  const columns = useFigureColumns<AgingFigures>(() => ({ asOf }))
  return (
    <Card id="totals" title={t('aging.totals')} isFlush>
      <Table
        caption={t('aging.totals')}
        rows={totals}
        rowKey={({ total }) => total.currency}
        columns={[{ key: 'currency', head: t('currency'), isPrimary: true, cell: ({ total }) => total.currency }, ...columns]}
      />
    </Card>
  )
}

/** What each buyer owes; the name opens the account of its receivables. */
export function AgingTable({ asOf, rows, empty }: { asOf: string; rows: readonly AgingRow[]; empty: ReactNode }) {
  const { t } = useTranslation('report')
  const columns = useFigureColumns<AgingRow>(({ accountId }) => ({ asOf, accountId }))
  return (
    <Table
      caption={t('aging.buyers')}
      rows={rows}
      rowKey={({ accountId, total }) => `${accountId} ${total.currency}`}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t('buyer'),
          isPrimary: true,
          cell: ({ accountId, name, total }) => (
            <TextLink
              to={sheetPath('receivable', { currency: total.currency, to: asOf, account: accountId })}
              isQuiet
              className="font-medium"
            >
              <bdi>{name}</bdi>
            </TextLink>
          ),
        },
        ...columns,
      ]}
    />
  )
}
