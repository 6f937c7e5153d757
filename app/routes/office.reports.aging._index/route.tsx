import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAging } from '#app/reports/aging/query.server.ts'
import { pageSize } from '#app/reports/paging.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { ReportHead } from '#app/ui/shell/report-head.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { AgingTable, AgingTotals } from './aging-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = pageOf(search)
  const aging = await asStaff(request, 'ledger:read', async (ctx) => {
    const asOf = dayOf(search.get('date')) ?? (await sellerMonth(ctx)).today
    return readAging(ctx, { asOf, currency: null, accountId: null }, page)
  })
  return { aging, page, title: await pageTitle(request, 'report', 'aging.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AgingPage() {
  const { aging, page } = useLoaderData<typeof loader>()
  const { t } = useTranslation('report')
  return (
    <>
      <ReportHead
        title={t('aging.title')}
        below={t('aging.lead')}
        file={{ path: '/office/reports/aging/file', search: { date: aging.asOf } }}
      />
      <div className="mb-4">
        <FilterBar isTyped>
          <CompactInput type="date" name="date" label={t('aging.asOf')} defaultValue={aging.asOf} key={aging.asOf} />
        </FilterBar>
      </div>
      <div className="grid grid-cols-1 gap-6">
        {aging.totals.length > 0 ? <AgingTotals asOf={aging.asOf} totals={aging.totals} /> : null}
        <Card id="buyers" title={t('aging.buyers')} isFlush>
          <AgingTable asOf={aging.asOf} rows={aging.rows} empty={<EmptyState title={t('aging.none')}>{t('aging.noneText')}</EmptyState>} />
          <Pagination page={page} pageSize={pageSize} total={aging.count} />
        </Card>
      </div>
    </>
  )
}
