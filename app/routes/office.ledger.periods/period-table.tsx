import { useTranslation } from 'react-i18next'
import { daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import type { BookPeriod } from '#app/reports/ledger/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

const none = <span className="text-muted">–</span>

/** The months of the books; the number of entries opens them in the journal. */
export function PeriodTable({ periods }: { periods: readonly BookPeriod[] }) {
  const { t } = useTranslation('ledger')
  const format = useFormat()
  const monthName = useMonthName()
  const journalOf = ({ month }: BookPeriod) => {
    const { start, end } = daysOfMonth(month)
    return `/office/ledger/journal?from=${start}&to=${addDays(end, -1)}`
  }
  return (
    <Table
      caption={t('tabs.periods')}
      rows={periods}
      rowKey={({ month }) => month}
      empty={<EmptyState title={t('periods.none')} />}
      columns={[
        {
          key: 'month',
          head: t('periods.month'),
          isPrimary: true,
          cell: ({ month }) => (
            <span className="font-medium" suppressHydrationWarning>
              {monthName(month)}
            </span>
          ),
        },
        {
          key: 'state',
          head: t('periods.state'),
          cell: ({ state }) => <State tone={state === 'closed' ? 'neutral' : 'info'}>{t(`periods.states.${state}`)}</State>,
        },
        {
          key: 'entries',
          head: t('periods.entries'),
          isNumber: true,
          cell: (period) => (
            <TextLink to={journalOf(period)} isQuiet>
              {format.quantity(period.entries)}
            </TextLink>
          ),
        },
        {
          key: 'closed',
          head: t('periods.closedBy'),
          isLong: true,
          cell: ({ state, closedAt, closedBy }) =>
            state === 'closed' && closedAt ? (
              <>
                {closedBy}, <DateTime instant={closedAt} />
              </>
            ) : (
              none
            ),
        },
      ]}
    />
  )
}
