import { useTranslation } from 'react-i18next'
import type { ExchangeRateList } from '#app/reports/exchange-rates/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Every rate the seller has, with what counts today. */
export function RateTable({ list }: { list: ExchangeRateList }) {
  const { t } = useTranslation('pricing')
  const format = useFormat()
  return (
    <Card isFlush>
      <Table
        caption={t('exchange.title')}
        rows={list.rows}
        rowKey={({ id }) => id}
        empty={
          list.currencies.length > 0 ? <FilteredEmpty /> : <EmptyState title={t('exchange.none')}>{t('exchange.noneText')}</EmptyState>
        }
        columns={[
          {
            key: 'pair',
            head: t('exchange.pair'),
            isPrimary: true,
            cell: ({ base, quote }) => (
              <bdi dir="ltr" className="font-medium">
                1 {base} → {quote}
              </bdi>
            ),
          },
          {
            key: 'rate',
            head: t('exchange.rate'),
            isNumber: true,
            cell: ({ rate }) => <span suppressHydrationWarning>{format.quantity(rate)}</span>,
          },
          { key: 'date', head: t('exchange.date'), cell: ({ date }) => <span suppressHydrationWarning>{format.day(date)}</span> },
          { key: 'source', head: t('exchange.source'), cell: ({ source }) => source },
          {
            key: 'by',
            head: t('exchange.by'),
            cell: ({ enteredBy }) => enteredBy ?? <span className="text-muted">{t('exchange.imported')}</span>,
          },
          {
            key: 'state',
            head: t('exchange.state'),
            cell: ({ isInForce }) =>
              isInForce ? <State tone="positive">{t('exchange.counts')}</State> : <State tone="neutral">{t('exchange.former')}</State>,
          },
        ]}
      />
      <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
    </Card>
  )
}
