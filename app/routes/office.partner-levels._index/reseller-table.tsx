import { useTranslation } from 'react-i18next'
import type { ResellerLevel } from '#app/reports/partner-levels/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Every reseller with its level, and the one it moves to. */
export function ResellerTable({ resellers }: { resellers: readonly ResellerLevel[] }) {
  const { t } = useTranslation('partner')
  const nothing = <span className="text-muted">–</span>
  return (
    <Table
      caption={t('resellers')}
      rows={resellers}
      rowKey={({ accountId }) => accountId}
      empty={<EmptyState title={t('noResellers')}>{t('noResellersText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('reseller'),
          isPrimary: true,
          cell: ({ accountId, name }) => (
            <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
              {name}
            </TextLink>
          ),
        },
        { key: 'level', head: t('level'), cell: ({ level }) => level ?? nothing },
        { key: 'since', head: t('since'), cell: ({ since }) => (since ? <DateTime instant={since} isDayOnly /> : nothing) },
        {
          key: 'next',
          head: t('next'),
          cell: ({ nextLevel, nextFrom }) =>
            nextLevel && nextFrom ? (
              <>
                {nextLevel} · <DateTime instant={nextFrom} isDayOnly />
              </>
            ) : (
              nothing
            ),
        },
        { key: 'currency', head: t('currency'), cell: ({ currency }) => currency },
      ]}
    />
  )
}
