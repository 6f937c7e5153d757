import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { PaymentMethod, PaymentState } from '#app/domain/payment/payment.ts'
import { Day } from '../base/date-time.tsx'
import { Money } from '../base/money.tsx'
import { State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'

const tones = {
  unapplied: 'warning',
  'partly-applied': 'info',
  applied: 'positive',
  returned: 'neutral',
} as const satisfies Record<PaymentState, Tone>

/** Where a payment stands, as dot and word. */
export function PaymentStateView({ state }: { state: PaymentState }) {
  const { t } = useTranslation('payment')
  return <State tone={tones[state]}>{t(`state.${state}`)}</State>
}

export type PaymentTableRow = {
  readonly id: string
  readonly buyerName: string
  readonly receivedOn: string
  readonly method: PaymentMethod
  readonly reference: string | null
  readonly amount: MoneyValue
  readonly unapplied: MoneyValue
  readonly refunded: MoneyValue
  readonly state: PaymentState
}

type PaymentTableProps = {
  caption: string
  rows: readonly PaymentTableRow[]
  empty: ReactNode
  /** The page of a payment, where the reader has one. */
  pathOf?: (id: string) => string
  hasBuyer?: boolean
  /** More to say of a payment's state. */
  noteOf?: (id: string) => ReactNode
}

/** Payments, newest first. The seller's list names the buyer too. */
export function PaymentTable({ caption, rows, empty, pathOf, hasBuyer = false, noteOf }: PaymentTableProps) {
  const { t } = useTranslation('payment')
  const buyer: Column<PaymentTableRow> = { key: 'buyer', head: t('buyer'), cell: ({ buyerName }) => buyerName }
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'day',
          head: t('receivedOn'),
          isPrimary: true,
          cell: ({ id, receivedOn }) =>
            pathOf ? (
              <TextLink to={pathOf(id)} isQuiet className="font-medium">
                <Day day={receivedOn} />
              </TextLink>
            ) : (
              <Day day={receivedOn} />
            ),
        },
        ...(hasBuyer ? [buyer] : []),
        {
          key: 'state',
          head: t('stateHead'),
          cell: ({ id, state, refunded }) => (
            <span className="flex flex-col gap-1">
              <PaymentStateView state={state} />
              {noteOf?.(id)}
              {refunded.minor > 0n ? (
                <span className="text-xs text-muted">
                  {t('refunded')} <Money amount={refunded} />
                </span>
              ) : null}
            </span>
          ),
        },
        { key: 'method', head: t('method'), cell: ({ method }) => t(`methods.${method}`) },
        { key: 'reference', isExtra: true, head: t('reference'), cell: ({ reference }) => (reference ? <bdi>{reference}</bdi> : '–') },
        { key: 'unapplied', head: t('unapplied'), isNumber: true, cell: ({ unapplied }) => <Money amount={unapplied} /> },
        { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
      ]}
    />
  )
}
