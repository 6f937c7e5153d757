import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { ExpectedState } from '#app/domain/payment/expected-payment.ts'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'

const tones = { awaited: 'info', overdue: 'critical', received: 'positive', withdrawn: 'neutral' } as const satisfies Record<
  ExpectedState,
  Tone
>

export type ExpectedTableRow = {
  readonly id: string
  readonly accountId: string
  readonly buyerName: string
  readonly reference: string
  readonly amount: MoneyValue
  readonly dueOn: string
  readonly state: ExpectedState
}

/** Payments that were announced, what is awaited first. The seller's list names the buyer too. */
export function ExpectedTable({ rows, hasBuyer = false }: { rows: readonly ExpectedTableRow[]; hasBuyer?: boolean }) {
  const { t } = useTranslation('payment')
  const buyer: Column<ExpectedTableRow> = {
    key: 'buyer',
    head: t('buyer'),
    cell: ({ accountId, buyerName }) => (
      <TextLink to={`/office/accounts/${accountId}`} isQuiet>
        {buyerName}
      </TextLink>
    ),
  }
  return (
    <Table
      caption={t('expected.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('expected.none')} />}
      columns={[
        { key: 'reference', head: t('reference'), isPrimary: true, cell: ({ reference }) => <bdi dir="ltr">{reference}</bdi> },
        ...(hasBuyer ? [buyer] : []),
        { key: 'due', head: t('expected.dueOn'), cell: ({ dueOn }) => <Day day={dueOn} /> },
        { key: 'state', head: t('stateHead'), cell: ({ state }) => <State tone={tones[state]}>{t(`expectedState.${state}`)}</State> },
        { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
      ]}
    />
  )
}
