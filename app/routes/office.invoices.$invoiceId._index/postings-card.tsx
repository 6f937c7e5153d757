import { useTranslation } from 'react-i18next'
import type { InvoicePosting } from '#app/reports/invoice-postings/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Side } from '#app/ui/payments/ledger-parts.tsx'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** How the invoice stands in the books; each figure opens its entry. */
export function PostingsCard({ postings }: { postings: readonly InvoicePosting[] }) {
  const { t } = useTranslation('ledger')
  const nameOf = useLedgerAccountName()
  const pathOf = ({ entryId }: InvoicePosting) => `/office/ledger/entries/${entryId}`
  return (
    <Card id="postings" title={t('postings')} isFlush className="no-print mt-6">
      <Table
        caption={t('postings')}
        rows={postings}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('none')} />}
        columns={[
          { key: 'account', head: t('account'), isPrimary: true, cell: ({ code }) => nameOf(code) },
          {
            key: 'booked',
            head: t('booked'),
            cell: (posting) => (
              <TextLink to={pathOf(posting)} isQuiet>
                <Day day={posting.bookedOn} />
              </TextLink>
            ),
          },
          {
            key: 'debit',
            head: t('debit'),
            isNumber: true,
            cell: (posting) => <Side amount={posting.amount} side="debit" to={pathOf(posting)} />,
          },
          {
            key: 'credit',
            head: t('credit'),
            isNumber: true,
            cell: (posting) => <Side amount={posting.amount} side="credit" to={pathOf(posting)} />,
          },
        ]}
      />
    </Card>
  )
}
