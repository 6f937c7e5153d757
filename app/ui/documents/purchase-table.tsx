import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { ShownStatus } from '#app/domain/invoice/invoice-status.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Day } from '../base/date-time.tsx'
import { LocalPeriod } from '../base/local-period.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'
import { InvoiceStatusView } from './invoice-status.tsx'

type Row = {
  readonly id: string
  readonly documentType: DocumentType
  readonly number: string
  readonly issueDate: string
  readonly dueDate: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly net: MoneyValue
  readonly tax: MoneyValue
  readonly total: MoneyValue
  readonly status: ShownStatus
}

/** Documents of the parent, newest first. */
export function PurchaseTable({ rows, empty }: { rows: readonly Row[]; empty: ReactNode }) {
  const { t } = useTranslation(['statement', 'common'])
  return (
    <Table
      caption={t('purchases.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'document',
          head: t('purchases.document'),
          isPrimary: true,
          cell: ({ id, number, documentType }) => (
            <>
              {t(`common:documentType.${documentType}`)}{' '}
              <TextLink to={`/office/purchases/${id}`} isQuiet className="font-medium">
                <bdi dir="ltr">{number}</bdi>
              </TextLink>
            </>
          ),
        },
        { key: 'status', head: t('purchases.status'), cell: ({ status }) => <InvoiceStatusView status={status} /> },
        { key: 'issued', head: t('purchases.issued'), cell: ({ issueDate }) => <Day day={issueDate} /> },
        { key: 'due', head: t('purchases.due'), cell: ({ dueDate }) => <Day day={dueDate} /> },
        {
          key: 'period',
          head: t('purchases.period'),
          isExtra: true,
          cell: ({ periodStart, periodEnd }) => <LocalPeriod start={periodStart} end={periodEnd} />,
        },
        { key: 'net', head: t('purchases.net'), isNumber: true, cell: ({ net }) => <Money amount={net} /> },
        { key: 'tax', head: t('purchases.tax'), isNumber: true, isExtra: true, cell: ({ tax }) => <Money amount={tax} /> },
        { key: 'total', head: t('purchases.total'), isNumber: true, cell: ({ total }) => <Money amount={total} /> },
      ]}
    />
  )
}
