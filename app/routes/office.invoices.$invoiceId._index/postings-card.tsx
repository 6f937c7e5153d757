import { useTranslation } from 'react-i18next'
import type { InvoicePosting } from '#app/reports/invoice-postings/shape.ts'
import { useAccountName } from '#app/routes/office.ledger/use-account-name.ts'
import { Card } from '#app/ui/card.tsx'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Money } from '#app/ui/money.tsx'
import { Table } from '#app/ui/table.tsx'

const none = <span className="text-muted">–</span>

/** How the invoice stands in the books. */
export function PostingsCard({ postings }: { postings: readonly InvoicePosting[] }) {
  const { t } = useTranslation('office')
  const nameOf = useAccountName()
  return (
    <Card id="postings" title={t('ledger.postings')} isFlush className="no-print mt-6">
      <Table
        caption={t('ledger.postings')}
        rows={postings}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('ledger.none')} />}
        columns={[
          { key: 'account', head: t('ledger.account'), isPrimary: true, cell: ({ code }) => nameOf(code) },
          { key: 'booked', head: t('ledger.booked'), cell: ({ occurredAt }) => <DateTime instant={occurredAt} isShort /> },
          {
            key: 'debit',
            head: t('ledger.debit'),
            isNumber: true,
            cell: ({ amount }) => (amount.minor > 0n ? <Money amount={amount} /> : none),
          },
          {
            key: 'credit',
            head: t('ledger.credit'),
            isNumber: true,
            cell: ({ amount }) => (amount.minor < 0n ? <Money amount={{ ...amount, minor: -amount.minor }} /> : none),
          },
        ]}
      />
    </Card>
  )
}
