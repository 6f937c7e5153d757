import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Table } from '#app/ui/tables/table.tsx'

type AbroadRow = { readonly accountId: string; readonly name: string; readonly amount: MoneyValue; readonly firstOn: string }

/** What resellers owe in a currency that their invoices are not in; nothing while there is none. */
export function Abroad({ rows }: { rows: readonly AbroadRow[] }) {
  const { t } = useTranslation('settlement')
  if (rows.length === 0) return null
  return (
    <Card title={t('abroad.title')} isFlush>
      <p className="px-card pb-4 text-sm text-muted">{t('abroad.text')}</p>
      <Table
        caption={t('abroad.title')}
        rows={rows}
        rowKey={({ accountId, amount }) => `${accountId}${amount.currency}`}
        columns={[
          {
            key: 'name',
            head: t('payouts.reseller'),
            isPrimary: true,
            cell: ({ accountId, name }) => <TextLink to={`/office/accounts/${accountId}`}>{name}</TextLink>,
          },
          { key: 'amount', head: t('payouts.amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} isBalance /> },
          { key: 'since', head: t('abroad.since'), cell: ({ firstOn }) => <Day day={firstOn} /> },
        ]}
      />
    </Card>
  )
}
