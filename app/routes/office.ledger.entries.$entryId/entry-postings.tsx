import { useTranslation } from 'react-i18next'
import type { EntryPosting } from '#app/reports/ledger/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { BuyerLink, Side, sheetPath } from '#app/ui/ledger-parts.tsx'
import { Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useLedgerAccountName } from '#app/ui/use-ledger-account-name.ts'

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
