import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Period } from '../base/date-time.tsx'
import { Measured, MeterName } from '../base/measured.tsx'
import { Rate } from '../base/money.tsx'
import { Badge } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

export type ChargeTableRow = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly resourceName: string | null
  readonly description: string
  readonly isCorrection: boolean
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly quantity: string
  readonly unit: string
  readonly unitPrice: string
  readonly amount: string
  readonly currency: string
  readonly reason: string
  readonly invoiceId: string | null
  readonly invoiceNumber: string | null
}

/** Rated lines: what, for whom, quantity times price, and why that price. */
export function ChargeTable({ caption, rows, empty }: { caption: string; rows: readonly ChargeTableRow[]; empty: ReactNode }) {
  const { t } = useTranslation('office')
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'what',
          head: t('charges.what'),
          isPrimary: true,
          cell: ({ description, isCorrection, resourceName }) => (
            <span className="inline-flex items-center gap-x-2">
              <MeterName meter={description} />
              {resourceName ? <span className="text-muted">{resourceName}</span> : null}
              {isCorrection ? <Badge tone="warning">{t('charges.correction')}</Badge> : null}
            </span>
          ),
        },
        {
          key: 'account',
          head: t('accounts.name'),
          cell: ({ accountId, accountName }) => (
            <TextLink to={`/office/accounts/${accountId}`} isQuiet className="inline-block max-w-40 truncate align-bottom">
              {accountName}
            </TextLink>
          ),
        },
        { key: 'period', head: t('charges.period'), cell: ({ periodStart, periodEnd }) => <Period start={periodStart} end={periodEnd} /> },
        {
          key: 'quantity',
          head: t('usage.quantity'),
          isNumber: true,
          cell: ({ quantity, unit, description }) => <Measured quantity={quantity} unit={unit} meter={description} />,
        },
        {
          key: 'price',
          head: t('charges.price'),
          isNumber: true,
          cell: ({ unitPrice, currency, reason }) => (
            <span title={reason}>
              <Rate rate={unitPrice} currency={currency} className="text-muted" />
            </span>
          ),
        },
        { key: 'reason', isExtra: true, head: t('charges.reason'), cell: ({ reason }) => <span className="text-muted">{reason}</span> },
        {
          key: 'amount',
          head: t('charges.amount'),
          isNumber: true,
          cell: ({ amount, currency }) => <Rate rate={amount} currency={currency} className="font-medium" />,
        },
        {
          key: 'invoice',
          head: t('charges.invoice'),
          cell: ({ invoiceId, invoiceNumber }) =>
            invoiceId ? (
              <TextLink to={`/office/invoices/${invoiceId}`} isQuiet>
                <bdi dir="ltr">{invoiceNumber}</bdi>
              </TextLink>
            ) : (
              <span className="text-muted">{t('charges.open')}</span>
            ),
        },
      ]}
    />
  )
}
