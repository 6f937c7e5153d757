import { useTranslation } from 'react-i18next'
import type { EntryPosting } from '#app/reports/ledger/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { BuyerLink, Side, sheetPath } from '#app/ui/payments/ledger-parts.tsx'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** The sides of an entry; each figure opens the sheet of its account, for its buyer. */
export function EntryPostings({ postings }: { postings: readonly EntryPosting[] }) {
  const { t } = useTranslation('ledger')
  const nameOf = useLedgerAccountName()
  const pathOf = ({ code, amount, accountId }: EntryPosting) => sheetPath(code, { currency: amount.currency, account: accountId })
  return (
    <Card id="postings" title={t('postings')} isFlush>
      <Table
        caption={t('postings')}
        rows={postings}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'account',
            head: t('account'),
            isPrimary: true,
            cell: (posting) => (
              <TextLink to={pathOf(posting)} isQuiet className="font-medium">
                {nameOf(posting.code)}
              </TextLink>
            ),
          },
          {
            key: 'buyer',
            head: t('buyer'),
            isLong: true,
            cell: ({ accountId, buyerName }) => <BuyerLink accountId={accountId} name={buyerName} />,
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
