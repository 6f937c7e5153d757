import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { marginViews } from '#app/reports/margin/shape.ts'
import { pageSize } from '#app/reports/paging.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { ReportHead } from '#app/ui/shell/report-head.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { Figures, MarginTable, Rates } from './margin-table.tsx'
import { readMarginPage } from './read-margin.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = pageOf(filterOf(request))
  const { month, by, report } = await readMarginPage(request)
  const rows = report.rows.slice((page - 1) * pageSize, page * pageSize)
  return {
    month,
    by,
    report: { ...report, rows },
    count: report.rows.length,
    page,
    title: await pageTitle(request, 'report', 'margin.title'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function MarginPage() {
  const { month, by, report, count, page } = useLoaderData<typeof loader>()
  const { t } = useTranslation('report')
  return (
    <>
      <ReportHead
        title={t('margin.title')}
        below={t('margin.lead')}
        file={{ path: '/office/reports/margin/file', search: { month, by } }}
      />
      <div className="mb-4">
        <FilterBar isTyped key={`${month} ${by}`}>
          <CompactInput type="month" name="month" label={t('month')} defaultValue={month} />
          <CompactSelect name="by" label={t('by')} defaultValue={by}>
            {marginViews.map((view) => (
              <option key={view} value={view}>
                {t(`margin.by.${view}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
      </div>
      <div className="grid grid-cols-1 gap-6">
        {count > 0 ? <Figures total={report.total} /> : null}
        <Rates rates={report.rates} />
        <Card id="margin" title={t(`margin.by.${by}`)} isFlush>
          <MarginTable
            month={month}
            by={by}
            rows={report.rows}
            empty={<EmptyState title={t('margin.none')}>{t('margin.noneText')}</EmptyState>}
          />
          <Pagination page={page} pageSize={pageSize} total={count} />
        </Card>
      </div>
    </>
  )
}
