import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { ShownStatus } from '#app/domain/invoice/invoice-status.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Day } from '../base/date-time.tsx'
import { LocalPeriod } from '../base/local-period.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'
import { InvoiceStatusView } from './invoice-status.tsx'

export type InvoiceTableRow = {
  readonly id: string
  readonly number: string
  readonly buyerName: string
  readonly documentType: DocumentType
  readonly status: ShownStatus
  readonly issueDate: string
  readonly dueDate: string
  readonly periodStart: string
  readonly periodEnd: string
  readonly net: MoneyValue
  readonly total: MoneyValue
  readonly hasPdf: boolean
}

type InvoiceTableProps = {
  caption: string
  rows: readonly InvoiceTableRow[]
  pathOf: (id: string) => string
  empty: ReactNode
  hasBuyer?: boolean
}

/** Documents, newest first. The seller's list names the buyer too. */
export function InvoiceTable({ caption, rows, pathOf, empty, hasBuyer = false }: InvoiceTableProps) {
  const { t } = useTranslation('common')
  const buyer: Column<InvoiceTableRow> = { key: 'buyer', head: t('invoice.buyer'), cell: ({ buyerName }) => buyerName }
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'number',
          head: t('invoice.number'),
          isPrimary: true,
          cell: ({ id, number }) => (
            <TextLink to={pathOf(id)} isQuiet className="font-medium">
              <bdi dir="ltr">{number}</bdi>
            </TextLink>
          ),
        },
        { key: 'type', head: t('invoice.type'), cell: ({ documentType }) => t(`documentType.${documentType}`) },
        ...(hasBuyer ? [buyer] : []),
        { key: 'status', head: t('invoice.status'), cell: ({ status }) => <InvoiceStatusView status={status} /> },
        { key: 'issued', head: t('invoice.issued'), cell: ({ issueDate }) => <Day day={issueDate} /> },
        { key: 'due', isExtra: true, head: t('invoice.due'), cell: ({ dueDate }) => <Day day={dueDate} /> },
        {
          key: 'period',
          head: t('invoice.period'),
          cell: ({ periodStart, periodEnd }) => <LocalPeriod start={periodStart} end={periodEnd} />,
        },
        {
          key: 'net',
          isExtra: true,
          head: t('invoice.net'),
          isNumber: true,
          cell: ({ net }) => <Money amount={net} className="text-muted" />,
        },
        { key: 'total', head: t('invoice.total'), isNumber: true, cell: ({ total }) => <Money amount={total} className="font-medium" /> },
        {
          key: 'pdf',
          head: <span className="sr-only">PDF</span>,
          label: 'PDF',
          cell: ({ id, hasPdf, number }) =>
            hasPdf ? (
              <a
                href={`${pathOf(id)}/pdf`}
                className="rounded-tag text-accent underline underline-offset-4"
                aria-label={t('invoice.pdfOf', { number })}
              >
                PDF
              </a>
            ) : null,
        },
      ]}
    />
  )
}
