import { useTranslation } from 'react-i18next'
import { daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { sum } from '#app/domain/money/money.ts'
import type { DeferredMonth } from '#app/reports/ledger/deferral.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** What each month earns of fees that were invoiced before it; an earned month opens the journal at its first day. */
export function DeferredMonths({ currency, months }: { currency: string; months: readonly DeferredMonth[] }) {
  const { t } = useTranslation('ledger')
  const monthName = useMonthName()
  const left = months.filter(({ isEarned }) => !isEarned).map(({ amount }) => amount)
  const journalOf = (month: string) => {
    const { start } = daysOfMonth(month)
    return `/office/ledger/journal?from=${start}&to=${start}`
  }
  return (
    <Card
      id={`deferred-${currency}`}
      title={currency}
      aside={
        <>
          {t('deferral.left')} <Money amount={sum(currency, left)} />
        </>
      }
      isFlush
    >
      <Table
        caption={`${t('deferral.title')} ${currency}`}
        rows={months}
        rowKey={({ month }) => month}
        columns={[
          {
            key: 'month',
            head: t('periods.month'),
            isPrimary: true,
            cell: ({ month, isEarned }) => (
              <span className="font-medium" suppressHydrationWarning>
                {isEarned ? (
                  <TextLink to={journalOf(month)} isQuiet>
                    {monthName(month)}
                  </TextLink>
                ) : (
                  monthName(month)
                )}
              </span>
            ),
          },
          {
            key: 'state',
            head: t('periods.state'),
            cell: ({ isEarned }) => (
              <State tone={isEarned ? 'neutral' : 'info'}>{t(isEarned ? 'deferral.earned' : 'deferral.toEarn')}</State>
            ),
          },
          { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        ]}
      />
    </Card>
  )
}
