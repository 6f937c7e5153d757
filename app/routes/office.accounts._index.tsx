import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listAccounts } from '#app/reports/accounts/list.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { AccountTable } from '#app/ui/people/account-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const kinds = ['personal', 'business', 'enterprise', 'department'] as const
const statuses = ['active', 'suspended', 'closed'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    kind: oneOf(kinds, search.get('kind')),
    status: oneOf(statuses, search.get('status')),
    search: search.get('search') || undefined,
    page: pageOf(search),
  }
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    list: await listAccounts(ctx, filter),
    mayOpen: can('account:write'),
  }))
  return { ...page, filter, title: await pageTitle(request, 'office', 'nav.accounts') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Accounts() {
  const { list, filter, mayOpen } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'access', 'common', 'staff'])
  const [search] = useSearchParams()
  const chips = [
    ...(filter.search ? [{ parameter: 'search', label: t('common:filter.search'), value: filter.search }] : []),
    ...(filter.kind ? [{ parameter: 'kind', label: t('accounts.kind'), value: t(`common:accountKind.${filter.kind}`) }] : []),
    ...(filter.status ? [{ parameter: 'status', label: t('accounts.status'), value: t(`common:accountStatus.${filter.status}`) }] : []),
  ]
  return (
    <>
      <PageHeader
        title={t('nav.accounts')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        actions={
          <>
            <TextLink to="/office/closings">{t('access:closing.all')}</TextLink>
            {mayOpen ? <ButtonLink to="/office/accounts/new">{t('staff:account.title')}</ButtonLink> : null}
          </>
        }
      />
      <div className="mb-4 grid gap-3">
        <FilterBar>
          <CompactInput
            name="search"
            type="search"
            label={t('common:filter.search')}
            defaultValue={search.get('search') ?? ''}
            key={search.get('search')}
          />
          <CompactSelect name="kind" label={t('accounts.kind')} defaultValue={filter.kind ?? ''} key={`kind-${filter.kind}`}>
            <option value="">{t('common:filter.all')}</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`common:accountKind.${kind}`)}
              </option>
            ))}
          </CompactSelect>
          <CompactSelect name="status" label={t('accounts.status')} defaultValue={filter.status ?? ''} key={`status-${filter.status}`}>
            <option value="">{t('common:filter.all')}</option>
            {statuses.map((status) => (
              <option key={status} value={status}>
                {t(`common:accountStatus.${status}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <FilterChips filters={chips} />
      </div>
      <Card isFlush>
        <AccountTable
          caption={t('nav.accounts')}
          rows={list.rows}
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('accounts.none')}>{t('accounts.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
