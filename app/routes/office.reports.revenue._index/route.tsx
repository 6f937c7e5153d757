import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pageSize } from '#app/reports/paging.ts'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import { revenueViews } from '#app/reports/revenue/shape.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { ReportHead } from '#app/ui/shell/report-head.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { revenueFilterOf } from './revenue-filter.ts'
import { RevenueTable } from './revenue-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = pageOf(search)
  const found = await asStaff(request, 'ledger:read', async (ctx) => {
    const filter = revenueFilterOf(search, (await sellerMonth(ctx)).today)
    return { filter, revenue: await readRevenue(ctx, filter, page) }
  })
  return { ...found, page, title: await pageTitle(request, 'report', 'revenue.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function RevenuePage() {
  const { filter, revenue, page } = useLoaderData<typeof loader>()
  const { t } = useTranslation('report')
  const [search] = useSearchParams()
  const { from, to, by, accountId, product } = filter
  return (
    <>
      <ReportHead
        title={t('revenue.title')}
        below={t('revenue.lead')}
        file={{ path: '/office/reports/revenue/file', search: Object.fromEntries(search) }}
      />
      <div className="mb-4">
        <FilterBar isTyped key={`${from} ${to} ${by}`}>
          <CompactInput type="month" name="from" label={t('revenue.from')} defaultValue={from} />
          <CompactInput type="month" name="to" label={t('revenue.to')} defaultValue={to} />
          <CompactSelect name="by" label={t('by')} defaultValue={by}>
            {revenueViews.map((view) => (
              <option key={view} value={view}>
                {t(`revenue.by.${view}`)}
              </option>
            ))}
          </CompactSelect>
          {accountId ? <input type="hidden" name="account" value={accountId} /> : null}
          {product ? <input type="hidden" name="product" value={product} /> : null}
        </FilterBar>
      </div>
      <Card
        id="revenue"
        title={t(`revenue.by.${by}`)}
        aside={revenue.totals.map((total) => (
          <Money key={total.currency} amount={total} isBalance className="ms-4 font-medium text-text" />
        ))}
        isFlush
      >
        <RevenueTable
          filter={filter}
          rows={revenue.rows}
          empty={<EmptyState title={t('revenue.none')}>{t('revenue.noneText')}</EmptyState>}
        />
        <Pagination page={page} pageSize={pageSize} total={revenue.count} />
      </Card>
    </>
  )
}
