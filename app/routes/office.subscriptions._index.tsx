import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listSubscriptions } from '#app/reports/subscriptions/list.server.ts'
import { subscriptionStates } from '#app/reports/subscriptions/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { CompactInput, CompactSelect } from '#app/ui/compact-field.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { SubscriptionTable } from '#app/ui/subscription-table.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const search = filterOf(request)
  const filter = {
    state: oneOf(subscriptionStates, search.get('state')),
    search: search.get('search')?.trim().slice(0, 100) || undefined,
    page: pageOf(search),
    language,
  }
  const list = await asStaff(request, 'subscription:read', (ctx) => listSubscriptions(ctx, filter))
  return { list, filter, title: await pageTitle(request, 'subscription', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Subscriptions() {
  const { list, filter } = useLoaderData<typeof loader>()
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
          rows={list.rows}
          pathOf={(id) => `/office/subscriptions/${id}`}
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
