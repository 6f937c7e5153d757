import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import type { PromotionState, PromotionTerms } from '#app/domain/promo/promotion.ts'
import { Day } from '../base/date-time.tsx'
import { LocalPeriod } from '../base/local-period.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'
import { PromotionStateView } from './promotion-state.tsx'
import { usePromotionWords } from './promotion-words.ts'

/** Days of the seller; the last one is part of it, null means until it is ended. */
type Days = { readonly first: string; readonly last: string | null }

/** A promotion as lists show it; `costs` is what redemptions were promised, by currency. */
type PromotionRow = {
  readonly id: string
  readonly name: string
  readonly terms: PromotionTerms
  readonly scopes: readonly DiscountScope[]
  readonly state: PromotionState
  readonly days: Days
  readonly redeemed: number
  readonly limit: number | null
  readonly costs: readonly MoneyValue[]
}

type PromotionTableProps = { caption: string; rows: readonly PromotionRow[]; empty: ReactNode }

/** Promotions with what they do, how often they were redeemed, and what that costs. */
export function PromotionTable({ caption, rows, empty }: PromotionTableProps) {
  return <Table caption={caption} rows={rows} rowKey={({ id }) => id} columns={usePromotionColumns()} empty={empty} />
}

function usePromotionColumns(): Column<PromotionRow>[] {
  const { t } = useTranslation('promotion')
  const words = usePromotionWords()
  return [
    {
      key: 'name',
      head: t('list.name'),
      isPrimary: true,
      isLong: true,
      cell: ({ id, name, terms, scopes }) => (
        <>
          <TextLink to={`/office/promotions/${id}`} isQuiet className="font-medium">
            {name}
          </TextLink>
          <span className="block text-xs text-muted" suppressHydrationWarning>
            {words.sentence(terms, scopes)}
          </span>
        </>
      ),
    },
    { key: 'state', head: t('list.state'), cell: ({ state }) => <PromotionStateView state={state} /> },
    { key: 'days', head: t('list.days'), cell: ({ days }) => <DaysView days={days} /> },
    { key: 'used', head: t('list.used'), isNumber: true, cell: ({ redeemed, limit }) => <Used count={redeemed} limit={limit} /> },
    {
      key: 'cost',
      head: t('list.cost'),
      isNumber: true,
      cell: ({ costs }) =>
        costs.length > 0 ? (
          costs.map((cost) => <Money key={cost.currency} amount={cost} className="block" />)
        ) : (
          <span className="text-muted">–</span>
        ),
    },
  ]
}

/** A count beside its limit; without one it may go on. */
export function Used({ count, limit }: { count: number; limit: number | null }) {
  const { t } = useTranslation('promotion')
  return <span className="tabular">{limit === null ? count : t('list.usedOf', { count, limit })}</span>
}

/** First and last day, or the first alone. */
export function DaysView({ days }: { days: Days }) {
  const { t } = useTranslation('promotion')
  if (days.last === null)
    return (
      <>
        {t('list.from')} <Day day={days.first} />
      </>
    )
  return <LocalPeriod start={days.first} end={nextDay(days.last)} />
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
