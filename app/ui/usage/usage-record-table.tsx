import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { Measured, MeterName } from '../base/measured.tsx'
import { Rate } from '../base/money.tsx'
import { FilteredEmpty } from '../tables/filtered-empty.tsx'
import { Pagination } from '../tables/pagination.tsx'
import { Table } from '../tables/table.tsx'

type RecordRow = {
  readonly id: string
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly resourceName: string | null
  readonly meter: string
  readonly unit: string
  readonly quantity: string
  readonly included: string
  readonly unitPrice: string
  readonly exact: string
  readonly currency: string
  readonly projectName: string | null
  readonly isCorrection: boolean
}

type UsageRecordTableProps = {
  records: { readonly rows: readonly RecordRow[]; readonly total: number; readonly page: number; readonly pageSize: number }
}

/** Charges one by one: what was counted, what of it was included, and what the rest came to before it was rounded. */
export function UsageRecordTable({ records }: UsageRecordTableProps) {
  const { t } = useTranslation('project')
  return (
    <Card isFlush>
      <Table
        caption={t('usage.records')}
        rows={records.rows}
        rowKey={({ id }) => id}
        empty={<FilteredEmpty />}
        columns={[
          {
            key: 'what',
            head: t('usage.what'),
            isPrimary: true,
            cell: ({ meter, isCorrection }) => (
              <>
                <MeterName meter={meter} />
                {isCorrection ? <span className="block text-xs text-muted">{t('usage.correction')}</span> : null}
              </>
            ),
          },
          { key: 'resource', head: t('usage.by.resource'), cell: ({ resourceName }) => resourceName || '–' },
          {
            key: 'period',
            head: t('usage.period'),
            cell: ({ periodStart, periodEnd }) => (
              <>
                <DateTime instant={periodStart} isShort /> – <DateTime instant={periodEnd} isShort />
              </>
            ),
          },
          { key: 'project', head: t('project'), isExtra: true, cell: ({ projectName }) => projectName ?? '–' },
          {
            key: 'quantity',
            head: t('usage.quantity'),
            isNumber: true,
            cell: ({ quantity, unit, meter }) => <Measured quantity={quantity} unit={unit} meter={meter} />,
          },
          {
            key: 'included',
            head: t('usage.included'),
            isNumber: true,
            isExtra: true,
            cell: ({ included, unit, meter }) =>
              Number(included) === 0 ? '–' : <Measured quantity={included} unit={unit} meter={meter} />,
          },
          {
            key: 'price',
            head: t('usage.price'),
            isNumber: true,
            cell: ({ unitPrice, currency }) => <Rate rate={unitPrice} currency={currency} className="text-muted" />,
          },
          {
            key: 'amount',
            head: t('usage.amount'),
            isNumber: true,
            cell: ({ exact, currency }) => <Rate rate={exact} currency={currency} />,
          },
        ]}
      />
      <Pagination page={records.page} pageSize={records.pageSize} total={records.total} />
    </Card>
  )
}
