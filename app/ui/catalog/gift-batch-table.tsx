import { useTranslation } from 'react-i18next'
import type { GiftBatchState } from '#app/domain/gift/gift-batch.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { State } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

const tones = { waiting: 'warning', active: 'positive', refused: 'neutral', stopped: 'neutral' } as const

type GiftBatchTableProps = {
  batches: readonly {
    readonly id: string
    readonly name: string
    readonly amount: MoneyValue
    readonly codes: number
    readonly redeemed: number
    readonly redeemUntil: string
    readonly state: GiftBatchState
  }[]
}

/** Batches of gift codes, the newest first. */
export function GiftBatchTable({ batches }: GiftBatchTableProps) {
  const { t } = useTranslation('promotion')
  return (
    <Table
      caption={t('gifts.title')}
      rows={batches}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('gifts.none')}>{t('gifts.noneText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('gifts.name'),
          isPrimary: true,
          cell: ({ id, name }) => <TextLink to={`/office/promotions/gifts/${id}`}>{name}</TextLink>,
        },
        { key: 'state', head: t('list.state'), cell: ({ state }) => <State tone={tones[state]}>{t(`gifts.state.${state}`)}</State> },
        { key: 'amount', head: t('gifts.amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        { key: 'used', head: t('gifts.redeemed'), isNumber: true, cell: ({ redeemed, codes }) => <bdi>{`${redeemed} / ${codes}`}</bdi> },
        { key: 'until', head: t('gifts.redeemUntil'), cell: ({ redeemUntil }) => <Day day={redeemUntil} /> },
      ]}
    />
  )
}
