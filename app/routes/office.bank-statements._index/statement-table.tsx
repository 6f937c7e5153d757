import { useTranslation } from 'react-i18next'
import type { StatementRow } from '#app/reports/bank-statements/query.server.ts'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Statements that were taken, the newest first. */
export function StatementTable({ rows }: { rows: readonly StatementRow[] }) {
  const { t } = useTranslation('payment')
  return (
    <Table
      caption={t('bank.statements')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('bank.none')}>{t('bank.noneText')}</EmptyState>}
      columns={[
        {
          key: 'day',
          head: t('bank.toDay'),
          isPrimary: true,
          cell: ({ id, toDay }) => (
            <TextLink to={`/office/bank-statements/${id}`} isQuiet className="font-medium">
              <Day day={toDay} />
            </TextLink>
          ),
        },
        { key: 'number', head: t('bank.number'), cell: ({ number }) => (number ? <bdi dir="ltr">{number}</bdi> : '–') },
        {
          key: 'format',
          isExtra: true,
          head: t('bank.format'),
          cell: ({ format }) => t(`bankFormat.${format.replace('.', '')}` as 'bankFormat.csv'),
        },
        { key: 'entries', head: t('bank.entries'), isNumber: true, cell: ({ newCount, entryCount }) => `${newCount} / ${entryCount}` },
        { key: 'open', head: t('bank.open'), isNumber: true, cell: ({ openCount }) => openCount },
        {
          key: 'closing',
          head: t('bank.closing'),
          isNumber: true,
          cell: ({ closing }) => (closing ? <Money amount={closing} isBalance /> : '–'),
        },
        { key: 'imported', isExtra: true, head: t('bank.importedAt'), cell: ({ importedAt }) => <DateTime instant={importedAt} isShort /> },
      ]}
    />
  )
}
