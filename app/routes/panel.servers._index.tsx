import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { typedTag } from '#app/domain/project/tags.ts'
import { listServers } from '#app/reports/servers/query.server.ts'
import type { ServerState } from '#app/reports/servers/shape.ts'
import { readUsageChoices } from '#app/reports/usage-explorer/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { OpenCloud } from '#app/ui/cloud/cloud-visit.tsx'
import { PowerBar } from '#app/ui/cloud/server-power.tsx'
import { ServerTable } from '#app/ui/cloud/server-table.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { PlaceFilters } from '#app/ui/tables/place-filters.tsx'
import { maySeeCloud } from '#app/web/desks/cloud-visit.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, idOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

const states = ['running', 'stopped', 'building', 'failed', 'deleted'] as const satisfies readonly ServerState[]

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const search = filterOf(request)
  const project = search.get('project')
  const filter = {
    state: oneOf(states, search.get('state')),
    search: search.get('search') || undefined,
    page: pageOf(search),
    language,
    projectId: project === 'none' ? 'none' : idOf(project),
    tag: typedTag(search.get('tag') ?? ''),
  }
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listServers(ctx, filter),
    mayWrite: can('server:write'),
    choices: await readUsageChoices(ctx),
  }))
  return { ...page, hasCloud: await maySeeCloud(request), title: await pageTitle(request, 'panel', 'nav.servers') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Servers() {
  const { list, choices, hasCloud, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'cloud', 'common'])
  const [search] = useSearchParams()
  const hasActions = mayWrite && list.rows.some(({ isManaged, state }) => isManaged && state !== 'deleted')
  return (
    <>
      <PageHeader
        title={t('nav.servers')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        actions={
          <>
            {hasCloud ? <OpenCloud action="/panel/cloud-interface">{t('cloud:interface.open')}</OpenCloud> : null}
            <ButtonLink to="/order" isOtherArea>
              {t('create')}
            </ButtonLink>
          </>
        }
      />
      {list.hasAny ? (
        <div className="mb-4">
          <FilterBar>
            <CompactInput name="search" type="search" label={t('common:filter.search')} defaultValue={search.get('search') ?? ''} />
            <CompactSelect name="state" label={t('servers.state')} defaultValue={search.get('state') ?? ''}>
              <option value="">{t('common:filter.all')}</option>
              {states.map((state) => (
                <option key={state} value={state}>
                  {t(`common:serverState.${state}`)}
                </option>
              ))}
            </CompactSelect>
            <PlaceFilters choices={choices} />
          </FilterBar>
        </div>
      ) : null}
      <Card isFlush>
        <ServerTable
          caption={t('nav.servers')}
          rows={list.rows}
          hasActions={hasActions}
          pathOf={(id) => `/panel/servers/${id}`}
          empty={
            list.hasAny ? (
              <FilteredEmpty />
            ) : (
              <EmptyState
                title={t('servers.none')}
                action={
                  <ButtonLink to="/order" isOtherArea>
                    {t('create')}
                  </ButtonLink>
                }
              >
                {t('servers.noneText')}
              </EmptyState>
            )
          }
        />
        {hasActions ? <PowerBar /> : null}
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
