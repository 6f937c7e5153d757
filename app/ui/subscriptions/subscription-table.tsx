import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionChangeKind } from '#app/domain/subscription/subscription-change.ts'
import { DateTime } from '../base/date-time.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { Table } from '../tables/table.tsx'
import { SubscriptionStateView } from './subscription-state.tsx'

type Row = {
  readonly id: string
  readonly name: string
  readonly accountName: string
  readonly product: string
  readonly quantity: string
  readonly state: 'active' | 'paused' | 'pending' | 'ended'
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly endsAt: Date | null
  readonly nextChange: SubscriptionChangeKind | null
  readonly nextChangeAt: Date | null
}

type SubscriptionTableProps = { caption: string; rows: readonly Row[]; pathOf: (id: string) => string; empty: ReactNode; isOwn?: boolean }

/** Subscriptions with what they are and what happens to them next. */
export function SubscriptionTable({ caption, rows, pathOf, empty, isOwn = false }: SubscriptionTableProps) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t('name'),
          isPrimary: true,
          cell: ({ id, name }) => (
            <TextLink to={pathOf(id)} isQuiet>
              <bdi>{name}</bdi>
            </TextLink>
          ),
        },
        ...(isOwn ? [] : [{ key: 'account', head: t('account'), cell: ({ accountName }: Row) => <bdi>{accountName}</bdi> }]),
        {
          key: 'plan',
          head: t('plan'),
          cell: ({ product, quantity }) => (
            <>
              <bdi>{product}</bdi>
              {quantity === '1' ? null : ` × ${format.quantity(quantity)}`}
            </>
          ),
        },
        { key: 'state', head: t('stateHead'), cell: ({ state }) => <SubscriptionStateView state={state} /> },
        { key: 'since', head: t('since'), cell: ({ startedAt }) => <DateTime instant={startedAt} isDayOnly /> },
        { key: 'until', head: t('until'), cell: ({ endedAt, endsAt }) => <Until instant={endedAt ?? endsAt} /> },
        {
          key: 'next',
          head: t('nextChange'),
          isLong: true,
          cell: ({ nextChange, nextChangeAt }) =>
            nextChange && nextChangeAt ? (
              <>
                {t(`kind.${nextChange}`)}, <DateTime instant={nextChangeAt} isDayOnly />
              </>
            ) : (
              '–'
            ),
        },
      ]}
    />
  )
}

function Until({ instant }: { instant: Date | null }) {
  return instant ? <DateTime instant={instant} isDayOnly /> : <>–</>
}
