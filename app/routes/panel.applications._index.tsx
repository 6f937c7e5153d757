import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listApplications } from '#app/reports/apps/applications.server.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ApplicationStateView } from '#app/ui/cloud/application-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const language = await languageOf(request, await tenantOf(request))
  const { list, mayOrder } = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listApplications(ctx, { page: pageOf(filterOf(request)), language }),
    mayOrder: can('order:write'),
  }))
  const offers = mayOrder ? await asVisitor(request, (ctx) => listAppOffers(ctx, language)) : []
  return { list, mayOrder, offers: offers.map(({ code, name }) => ({ code, name })), title: await pageTitle(request, 'apps', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Applications() {
  const { list, mayOrder, offers } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['apps', 'common'])
  return (
    <>
      <PageHeader
        title={t('title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('lead')}
        actions={
          mayOrder ? (
            <ButtonLink to="/panel/applications/designs" look="secondary">
              {t('design.title')}
            </ButtonLink>
          ) : null
        }
      />
      <div className="grid gap-6">
        <Card isFlush>
          <Table
            caption={t('title')}
            rows={list.rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                head: t('common:server.name'),
                isPrimary: true,
                cell: ({ id, name }) => (
                  <TextLink to={`/panel/applications/${id}`} isQuiet className="font-medium">
                    {name}
                  </TextLink>
                ),
              },
              { key: 'state', head: t('common:server.state'), cell: ({ state }) => <ApplicationStateView state={state} /> },
              { key: 'app', head: t('app'), cell: ({ app }) => app },
              { key: 'location', head: t('common:server.location'), cell: ({ location }) => location },
              { key: 'servers', head: t('servers'), isNumber: true, cell: ({ servers }) => servers },
            ]}
            empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {offers.length > 0 ? (
          <Card id="offers" title={t('offers')} className="max-w-2xl">
            <ul className="grid gap-3">
              {offers.map(({ code, name }) => (
                <li key={code} className="flex flex-wrap items-center justify-between gap-3">
                  <span className="font-medium">{name}</span>
                  <ButtonLink to={`/apps/${code}`} look="secondary" size="small" isOtherArea>
                    {t('configure')}
                    <span className="sr-only"> {name}</span>
                  </ButtonLink>
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  )
}
