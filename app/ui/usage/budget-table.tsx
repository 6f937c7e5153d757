import { useTranslation } from 'react-i18next'
import type { AlertStep, BudgetSpan, HardStop } from '#app/domain/budget/budget.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { DateTime, Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

/** A budget as it stands. `spent` is null until it was counted for the first time. */
export type BudgetRow = {
  readonly id: string
  readonly accountName: string
  readonly parentId: string | null
  readonly name: string
  readonly span: BudgetSpan
  readonly scopeName: string | null
  readonly amount: MoneyValue
  readonly hardStop: HardStop
  readonly spent: MoneyValue | null
  readonly forecast: MoneyValue | null
  readonly percent: number
}

export type AlertRow = {
  readonly id: string
  readonly budget: string
  readonly step: AlertStep
  readonly amount: MoneyValue
  readonly spent: MoneyValue
  readonly at: Date
}

/** Budgets as they stand; with `isLinked` each leads to its page. Shares stand below what they are part of. */
export function BudgetTable({ budgets, isLinked }: { budgets: readonly BudgetRow[]; isLinked: boolean }) {
  const { t } = useTranslation('budget')
  return (
    <Table
      caption={t('title')}
      rows={budgets}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('name'),
          isPrimary: true,
          cell: ({ id, name, parentId }) => (
            <span className={parentId ? 'md:ps-4' : undefined}>
              {isLinked ? <TextLink to={`/panel/budgets/${id}`}>{name}</TextLink> : name}
            </span>
          ),
        },
        {
          key: 'account',
          head: t('account'),
          cell: ({ accountName, scopeName }) => (
            <>
              {accountName}
              {scopeName ? <bdi className="block text-xs text-muted">{scopeName}</bdi> : null}
            </>
          ),
        },
        { key: 'period', head: t('period.label'), cell: (budget) => <BudgetPeriod budget={budget} /> },
        { key: 'spent', head: t('spent'), isNumber: true, cell: (budget) => <SpentBar budget={budget} /> },
        { key: 'forecast', head: t('forecast'), isNumber: true, cell: ({ forecast }) => (forecast ? <Money amount={forecast} /> : '–') },
        { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        { key: 'stop', head: t('stop.short'), cell: ({ hardStop }) => t(`stop.is.${hardStop}`) },
      ]}
    />
  )
}

function BudgetPeriod({ budget: { span } }: { budget: BudgetRow }) {
  const { t } = useTranslation('budget')
  if (span.period === 'month') return t('period.month')
  return (
    <>
      <Day day={span.startsOn} /> – {span.endsOn ? <Day day={span.endsOn} /> : null}
    </>
  )
}

/** What is spent, and its share of the whole; the words say what the bar shows. */
export function SpentBar({ budget: { spent, amount, percent } }: { budget: Pick<BudgetRow, 'spent' | 'amount' | 'percent'> }) {
  const { t } = useTranslation('budget')
  if (!spent) return t('notCounted')
  return (
    <span className="inline-flex min-w-36 flex-col gap-1">
      <span>
        <Money amount={spent} /> <span className="text-muted">{t('percent', { percent })}</span>
      </span>
      <progress aria-hidden className="h-1.5 w-full accent-accent" value={Math.min(percent, 100)} max={amount.minor > 0n ? 100 : 1} />
    </span>
  )
}

/** The steps that were reached, the newest first. */
export function AlertTable({ alerts, hasName }: { alerts: readonly AlertRow[]; hasName: boolean }) {
  const { t } = useTranslation('budget')
  return (
    <Table
      caption={t('alerts')}
      rows={alerts}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('noAlerts')}>{t('noAlertsText')}</EmptyState>}
      columns={[
        { key: 'step', head: t('step'), isPrimary: true, cell: ({ step }) => t(`steps.${step}`) },
        ...(hasName ? [{ key: 'name', head: t('name'), cell: ({ budget }: AlertRow) => budget }] : []),
        { key: 'spent', head: t('spent'), isNumber: true, cell: ({ spent }) => <Money amount={spent} /> },
        { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        { key: 'at', head: t('at'), cell: ({ at }) => <DateTime instant={at} /> },
      ]}
    />
  )
}
