import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listCharges } from '#app/reports/charges/list.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { AccountSelect, MonthSelect } from '#app/ui/tables/office-filters.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { ChargeTable, type ChargeTableRow } from '#app/ui/usage/charge-table.tsx'
import { useSubjectName } from '#app/ui/usage/use-subject-name.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, monthOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const categories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const
const invoiced = ['yes', 'no'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    accountId: idOf(search.get('account')),
    productId: idOf(search.get('product')),
    category: oneOf(categories, search.get('category')),
    month: monthOf(search.get('month')),
    invoiced: oneOf(invoiced, search.get('invoiced')),
    page: pageOf(search),
  }
  const list = await asStaff(request, 'charge:read', (ctx) => listCharges(ctx, filter))
  return { list, filter, title: await pageTitle(request, 'office', 'nav.charges') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Charges() {
  const { list, filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common', 'report'])
  const subjectName = useSubjectName()
  const format = useFormat()
  const chips = [
    ...(filter.accountId
      ? [{ parameter: 'account', label: t('accounts.name'), value: list.accounts.find(({ id }) => id === filter.accountId)?.name ?? '' }]
      : []),
    ...(list.product ? [{ parameter: 'product', label: t('report:revenue.column.product'), value: subjectName(list.product, '') }] : []),
    ...(filter.category
      ? [{ parameter: 'category', label: t('charges.category'), value: t(`charges.categories.${filter.category}`) }]
      : []),
    ...(filter.month && filter.accountId
      ? [{ parameter: 'month', label: t('filters.month'), value: format.month(new Date(`${filter.month}-15T12:00:00Z`)) }]
      : []),
    ...(filter.invoiced
      ? [{ parameter: 'invoiced', label: t('charges.invoiced'), value: t(`charges.invoicedState.${filter.invoiced}`) }]
      : []),
  ]
  const rows: readonly ChargeTableRow[] = list.rows
  return (
    <>
      <PageHeader
        title={t('nav.charges')}
        beside={<span className="tabular text-muted">{format.quantity(list.total)}</span>}
        below={t('charges.lead')}
        facts={list.totals.map((total) => ({ label: t('charges.sum', { currency: total.currency }), value: <Money amount={total} /> }))}
      />
      <div className="mb-4 grid gap-3">
        <FilterBar>
          <AccountSelect accounts={list.accounts} chosen={filter.accountId} />
          <MonthSelect months={list.months} chosen={list.month ?? undefined} hasAll={filter.accountId !== undefined} />
          <CompactSelect
            name="category"
            label={t('charges.category')}
            defaultValue={filter.category ?? ''}
            key={`category-${filter.category}`}
          >
            <option value="">{t('common:filter.all')}</option>
            {categories.map((category) => (
              <option key={category} value={category}>
                {t(`charges.categories.${category}`)}
              </option>
            ))}
          </CompactSelect>
          <CompactSelect
            name="invoiced"
            label={t('charges.invoiced')}
            defaultValue={filter.invoiced ?? ''}
            key={`invoiced-${filter.invoiced}`}
          >
            <option value="">{t('common:filter.all')}</option>
            {invoiced.map((state) => (
              <option key={state} value={state}>
                {t(`charges.invoicedState.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <FilterChips filters={chips} />
      </div>
      <Card isFlush>
        <ChargeTable
          caption={t('nav.charges')}
          rows={rows}
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('charges.none')}>{t('charges.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
