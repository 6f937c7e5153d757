import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MigrationItemState, MigrationSubscriber } from '#app/reports/plan-migrations/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import type { Column } from '#app/ui/tables/table.tsx'

const tones: Record<MigrationItemState, Tone> = {
  selected: 'info',
  excluded: 'neutral',
  scheduled: 'info',
  applied: 'positive',
  undone: 'neutral',
  failed: 'warning',
}

/** The columns of the subscribers; `choiceOf` gives the field that picks one. */
export function useSubscriberColumns(choiceOf: (row: MigrationSubscriber) => ReactNode): Column<MigrationSubscriber>[] {
  const { t } = useTranslation('pricing')
  const label = useLabel()
  return [
    {
      key: 'account',
      head: t('migrations.customer'),
      isPrimary: true,
      cell: (row) => (
        <span className="flex items-center gap-3">
          {choiceOf(row)}
          <TextLink to={`/office/accounts/${row.accountId}`} isQuiet className="font-medium">
            {row.accountName}
          </TextLink>
        </span>
      ),
    },
    { key: 'subscription', head: t('migrations.subscription'), cell: ({ subscription }) => <bdi>{subscription}</bdi> },
    {
      key: 'state',
      head: t('migrations.state'),
      cell: ({ state, problem }) => (
        <State tone={problem ? 'warning' : tones[state]}>
          {problem ? label(`pricing:migrations.itemProblem.${problem}`, problem) : t(`migrations.itemState.${state}`)}
        </State>
      ),
    },
    {
      key: 'current',
      head: t('migrations.current'),
      isNumber: true,
      cell: ({ current }) => <Money amount={current} className="text-muted" />,
    },
    {
      key: 'next',
      head: t('migrations.next'),
      isNumber: true,
      cell: ({ next, problem }) => (problem === 'no-price' ? '–' : <Money amount={next} />),
    },
    {
      key: 'difference',
      head: t('migrations.difference'),
      isNumber: true,
      cell: ({ difference, problem }) => (problem === 'no-price' ? '–' : <Money amount={difference} isBalance className="font-medium" />),
    },
    {
      key: 'at',
      head: t('migrations.appliesAt'),
      isExtra: true,
      cell: ({ appliesAt }) => (appliesAt ? <DateTime instant={appliesAt} isShort /> : '–'),
    },
  ]
}
