import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { PaymentMethod } from '#app/domain/payment/payment.ts'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

type Settlement = {
  readonly id: string
  readonly kind: 'payment' | 'credit'
  readonly sourceId: string
  readonly day: string
  readonly method: PaymentMethod | null
  readonly reference: string | null
  readonly amount: MoneyValue
  readonly isReversed: boolean
}

type SettlementsCardProps = {
  settlements: readonly Settlement[]
  /** The page of what settled the document, where the reader has one. */
  pathOf?: (settlement: Settlement) => string
}

/** What settled a document: payments, and the credit of other documents. */
export function SettlementsCard({ settlements, pathOf }: SettlementsCardProps) {
  const { t } = useTranslation('payment')
  return (
    <Card id="payments" title={t('title')} isFlush className="mt-6">
      <Table
        caption={t('title')}
        rows={settlements}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('noneForInvoice')} />}
        columns={[
          {
            key: 'day',
            head: t('receivedOn'),
            isPrimary: true,
            cell: (row) =>
              pathOf ? (
                <TextLink to={pathOf(row)} isQuiet>
                  <Day day={row.day} />
                </TextLink>
              ) : (
                <Day day={row.day} />
              ),
          },
          { key: 'method', head: t('method'), cell: ({ method }) => (method ? t(`methods.${method}`) : t('credit')) },
          { key: 'reference', head: t('reference'), cell: ({ reference }) => (reference ? <bdi>{reference}</bdi> : '–') },
          { key: 'state', head: t('stateHead'), cell: ({ isReversed }) => (isReversed ? t('takenBack') : t('counts')) },
          {
            key: 'amount',
            head: t('amount'),
            isNumber: true,
            cell: ({ amount, isReversed }) => <Money amount={amount} className={isReversed ? 'text-muted line-through' : 'font-medium'} />,
          },
        ]}
      />
    </Card>
  )
}
