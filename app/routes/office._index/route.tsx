import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { toDecimal } from '#app/domain/money/money.ts'
import { readOfficeStart } from '#app/reports/office-start/query.server.ts'
import { AsOf } from '#app/ui/base/as-of.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { BarChart } from '#app/ui/charts/bar-chart.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { failedJobsFor } from '#app/web/server/job-runs.server.ts'
import { OfficeNeeds } from './office-needs.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await staffOf(request)
  const failedJobs = await failedJobsFor(staff)
  const start = staff.can('charge:read')
    ? await asStaff(request, 'charge:read', (ctx, { can }) => readOfficeStart(ctx, { failedJobs, rights: runRights(can) }))
    : null
  return { start, title: await pageTitle(request, 'office', 'title') }
}

const runRights = (can: Awaited<ReturnType<typeof staffOf>>['can']) => ({
  mayApprove: can('billing-run:approve'),
  mayWrite: can('billing-run:write'),
  mayReview: can('order:write'),
})

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OfficeStart() {
  const { start } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  const format = useFormat()
  if (!start) return <EmptyState title={t('start.nothing')}>{t('start.nothingText')}</EmptyState>
  return (
    <>
      <PageHeader title={format.month(new Date(`${start.month}-15T12:00:00Z`))} below={<AsOf instant={start.asOf} />} />
      <div className="grid grid-cols-1 gap-6">
        <StatStrip
          stats={[
            { label: t('start.accrued'), value: <Money amount={start.accruedNet} />, note: t('start.accruedNote'), isMain: true },
            { label: t('start.lastMonth'), value: <Money amount={start.lastMonthNet} />, note: t('common:money.net') },
            { label: t('start.open'), value: <Money amount={start.open} />, note: t('common:money.gross') },
            { label: t('start.overdue'), value: <Money amount={start.overdue} />, note: t('common:money.gross') },
            { label: t('start.accounts'), value: format.quantity(start.accounts) },
            { label: t('start.servers'), value: format.quantity(start.servers) },
          ]}
        />
        <OfficeNeeds needs={start.needs} />
        <Card id="days" title={t('start.perDay')} aside={t('common:money.net')}>
          {start.days.length === 0 ? (
            <p className="text-sm text-muted">{t('start.noDays')}</p>
          ) : (
            <BarChart
              title={t('start.perDay')}
              description={t('start.perDayText')}
              points={start.days.map(({ day, amount }) => ({ label: format.shortDay(day), value: toDecimal(amount).toNumber() }))}
              formatValue={(value) => format.rate(value.toFixed(2), start.accruedNet.currency)}
              head={[t('start.day'), t('start.amount')]}
            />
          )}
        </Card>
      </div>
    </>
  )
}
