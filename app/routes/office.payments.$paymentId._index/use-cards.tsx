import { useTranslation } from 'react-i18next'
import type { AllocationView, RefundView } from '#app/reports/payments/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DocumentLink } from '#app/ui/payments/ledger-parts.tsx'
import { Table } from '#app/ui/tables/table.tsx'

type AllocationsCardProps = { allocations: readonly AllocationView[]; path: string; mayWrite: boolean }

/** What the payment settles, and what it settled once. */
export function AllocationsCard({ allocations, path, mayWrite }: AllocationsCardProps) {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('allocations')} isFlush>
      <Table
        caption={t('allocations')}
        rows={allocations}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('noAllocations')} />}
        columns={[
          {
            key: 'document',
            head: t('document'),
            isPrimary: true,
            cell: ({ invoiceId, number }) => <DocumentLink invoiceId={invoiceId} number={number} />,
          },
          { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
          {
            key: 'rounding',
            head: t('rounding'),
            isNumber: true,
            isExtra: true,
            cell: ({ rounding }) => <Money amount={rounding} isBalance />,
          },
          { key: 'at', head: t('at'), cell: ({ at }) => <DateTime instant={at} isShort /> },
          { key: 'by', head: t('by'), isExtra: true, cell: ({ by }) => by ?? t('bySystem') },
          {
            key: 'deed',
            head: <span className="sr-only">{t('takeBack.open')}</span>,
            label: t('takeBack.open'),
            isLong: true,
            cell: ({ id, number, reversedAt, reversalReason }) => {
              if (reversedAt) return <span className="text-muted">{t('takenBackWhy', { reason: reversalReason })}</span>
              return mayWrite ? (
                <TextLink to={`${path}/take-back/${id}`}>
                  {t('takeBack.open')}
                  <span className="sr-only"> {number}</span>
                </TextLink>
              ) : null
            },
          },
        ]}
      />
    </Card>
  )
}

/** What of the payment went back; nothing when nothing did. */
export function RefundsCard({ refunds }: { refunds: readonly RefundView[] }) {
  const { t } = useTranslation('payment')
  if (refunds.length === 0) return null
  return (
    <Card title={t('refunds')} isFlush>
      <Table
        caption={t('refunds')}
        rows={refunds}
        rowKey={({ id }) => id}
        columns={[
          { key: 'day', head: t('on'), isPrimary: true, cell: ({ refundedOn }) => <Day day={refundedOn} /> },
          { key: 'kind', head: t('kind'), cell: ({ kind }) => t(`refundKind.${kind}`) },
          { key: 'reason', head: t('reason'), isLong: true, cell: ({ reason }) => reason },
          { key: 'by', head: t('by'), cell: ({ by }) => by ?? t('bySystem') },
          { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        ]}
      />
    </Card>
  )
}
