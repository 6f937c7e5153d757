import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { marginViews } from '#app/reports/margin/shape.ts'
import { pageSize } from '#app/reports/paging.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CompactInput, CompactSelect } from '#app/ui/compact-field.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { ReportTabs } from '#app/ui/report-tabs.tsx'
import { filterOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
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
  const file = (format: string) => `/office/reports/margin/file?${new URLSearchParams({ month, by, format })}`
  return (
    <>
      <PageHeader
        title={t('margin.title')}
        below={t('margin.lead')}
        actions={
          <>
            <ButtonLink to={file('csv')} look="secondary" size="small" className="h-9" isOtherArea>
              {t('csv')}
            </ButtonLink>
            <ButtonLink to={file('xlsx')} look="secondary" size="small" className="h-9" isOtherArea>
              {t('xlsx')}
            </ButtonLink>
          </>
        }
      />
      <ReportTabs />
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
