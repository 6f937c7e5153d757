import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listAccounts } from '#app/reports/accounts/list.server.ts'
import { AccountTable } from '#app/ui/account-table.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CompactInput, CompactSelect } from '#app/ui/compact-field.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
