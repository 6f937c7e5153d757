import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type SubscriptionFilter, type SubscriptionList, subscriptionStates } from '#app/reports/subscriptions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { SubscriptionTable } from '#app/ui/subscriptions/subscription-table.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'

type ListPageProps = { list: SubscriptionList; filter: SubscriptionFilter; path: string; isOwn?: boolean }

/** The list of subscriptions: a seller's of all its customers, or with `isOwn` a buyer's own. */
export function SubscriptionListPage({ list, filter, path, isOwn = false }: ListPageProps) {
  const { t } = useTranslation(['subscription', 'common'])
  const [search] = useSearchParams()
  const chips = [
    ...(filter.search ? [{ parameter: 'search', label: t('common:filter.search'), value: filter.search }] : []),
    ...(filter.state ? [{ parameter: 'state', label: t('stateHead'), value: t(`state.${filter.state}`) }] : []),
  ]
  return (
    <>
      <PageHeader title={t('title')} beside={<span className="tabular text-muted">{list.total}</span>} />
      <div className="mb-4 grid gap-3">
        <FilterBar>
          <CompactInput
            name="search"
            type="search"
            label={t('common:filter.search')}
            defaultValue={search.get('search') ?? ''}
            key={search.get('search')}
          />
          <CompactSelect name="state" label={t('stateHead')} defaultValue={filter.state ?? ''} key={`state-${filter.state}`}>
            <option value="">{t('common:filter.all')}</option>
            {subscriptionStates.map((state) => (
              <option key={state} value={state}>
                {t(`state.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <FilterChips filters={chips} />
      </div>
      <Card isFlush>
        <SubscriptionTable
          caption={t('title')}
          isOwn={isOwn}
          rows={list.rows}
          pathOf={(id) => `${path}/${id}`}
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
