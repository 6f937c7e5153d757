import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalEntry } from '#app/reports/ledger/shape.ts'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { BuyerLink, DocumentLink } from '#app/ui/payments/ledger-parts.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Entries of the journal; day and amount open the postings. */
export function JournalTable({ rows, empty }: { rows: readonly JournalEntry[]; empty: ReactNode }) {
  const { t } = useTranslation('ledger')
  const pathOf = ({ id }: JournalEntry) => `/office/ledger/entries/${id}`
  return (
    <Table
      caption={t('tabs.journal')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'booked',
          head: t('booked'),
          isPrimary: true,
          cell: (entry) => (
            <TextLink to={pathOf(entry)} isQuiet className="font-medium">
              <Day day={entry.bookedOn} />
            </TextLink>
          ),
        },
        {
          key: 'kind',
          head: t('kind'),
          cell: ({ kind, isReversed }) => (
            <span className="inline-flex flex-wrap gap-x-3">
              {t(`entryKind.${kind}`)} {isReversed ? <State tone="warning">{t('journal.reversed')}</State> : null}
            </span>
          ),
        },
        {
          key: 'document',
          head: t('document'),
          cell: ({ invoiceId, document }) => <DocumentLink invoiceId={invoiceId} number={document} />,
        },
        {
          key: 'buyer',
          head: t('buyer'),
          isLong: true,
          cell: ({ accountId, buyerName }) => <BuyerLink accountId={accountId} name={buyerName} />,
        },
        {
          key: 'amount',
          head: t('amount'),
          isNumber: true,
          cell: (entry) => (
            <TextLink to={pathOf(entry)} isQuiet className="font-medium">
              {entry.amounts.map((amount) => (
                <Money key={amount.currency} amount={amount} className="ms-2" />
              ))}
            </TextLink>
          ),
        },
      ]}
    />
  )
}
