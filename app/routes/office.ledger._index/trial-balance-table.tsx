import { useTranslation } from 'react-i18next'
import type { TrialBalanceLine } from '#app/reports/ledger/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Side, sheetPath } from '#app/ui/payments/ledger-parts.tsx'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** The accounts of one currency; each figure opens the postings behind it. */
export function TrialBalanceTable({ asOf, currency, lines }: { asOf: string; currency: string; lines: readonly TrialBalanceLine[] }) {
  const { t } = useTranslation('ledger')
  const nameOf = useLedgerAccountName()
  const pathOf = (line: TrialBalanceLine) => sheetPath(line.code, { currency, to: asOf })
  return (
    <Table
      caption={`${t('tabs.trialBalance')} ${currency}`}
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        {
          key: 'code',
          head: t('account'),
          isPrimary: true,
          cell: (line) => (
            <TextLink to={pathOf(line)} isQuiet className="font-medium">
              {nameOf(line.code)}
            </TextLink>
          ),
        },
        { key: 'kind', head: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
        { key: 'debit', head: t('debit'), isNumber: true, cell: (line) => <Side amount={line.debit} side="debit" to={pathOf(line)} /> },
        {
          key: 'credit',
          head: t('credit'),
          isNumber: true,
          cell: (line) => <Side amount={{ ...line.credit, minor: -line.credit.minor }} side="credit" to={pathOf(line)} />,
        },
        {
          key: 'balance',
          head: t('balance'),
          isNumber: true,
          cell: (line) => (
            <TextLink to={pathOf(line)} isQuiet className="font-medium">
              <Money amount={line.balance} isBalance />
            </TextLink>
          ),
        },
      ]}
    />
  )
}
