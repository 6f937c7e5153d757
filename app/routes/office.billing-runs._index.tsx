import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listBillingRuns } from '#app/reports/billing-runs/query.server.ts'
import { Button, ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { BillingRunState } from '#app/ui/documents/billing-run-state.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { recentMonths } from '#app/web/request/months.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { runs, months, zone, maySet } = await asStaff(request, 'billing-run:read', async (ctx, { tenant, can }) => ({
    maySet: can('billing-run:approve'),
    runs: await listBillingRuns(ctx),
    months: recentMonths(ctx.now, tenant.timeZone),
    zone: tenant.timeZone,
  }))
  return { runs, months, zone, maySet, title: await pageTitle(request, 'office', 'nav.billingRuns') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BillingRuns() {
  const { runs, months, zone, maySet } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const format = useFormat()
  return (
    <>
      <PageHeader
        title={t('nav.billingRuns')}
        below={t('billing.lead', { zone })}
        actions={
          <div className="flex flex-wrap items-end gap-2">
            {maySet ? (
              <ButtonLink to="/office/billing-runs/settings" look="secondary" size="small" className="h-9">
                {t('billing.settings')}
              </ButtonLink>
            ) : null}
            <Form method="get" action="/office/billing-runs/preview" className="flex items-end gap-2">
              <CompactSelect name="month" label={t('filters.month')} defaultValue={months[1]}>
                {months.map((month) => (
                  <option key={month} value={month} suppressHydrationWarning>
                    {format.month(new Date(`${month}-15T12:00:00Z`))}
                  </option>
                ))}
              </CompactSelect>
              <Button size="small" className="h-9">
                {t('billing.preview')}
              </Button>
            </Form>
          </div>
        }
      />
      <Card isFlush>
        <Table
          caption={t('nav.billingRuns')}
          rows={runs}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('billing.none')}>{t('billing.noneText')}</EmptyState>}
          columns={[
            {
              key: 'period',
              head: t('charges.period'),
              isPrimary: true,
              cell: ({ id, periodStart, periodEnd }) => (
                <TextLink to={`/office/billing-runs/${id}`} isQuiet className="font-medium">
                  <LocalPeriod start={periodStart} end={periodEnd} />
                </TextLink>
              ),
            },
            { key: 'state', head: t('accounts.status'), cell: ({ state }) => <BillingRunState state={state} /> },
            { key: 'drafted', head: t('billing.drafted'), isNumber: true, cell: ({ drafted }) => drafted },
            { key: 'finalised', head: t('billing.finalised'), isNumber: true, cell: ({ finalised }) => finalised },
            {
              key: 'parked',
              head: t('billing.parked'),
              isNumber: true,
              cell: ({ parked }) => (parked > 0 ? <span className="font-medium text-warning">{parked}</span> : parked),
            },
            { key: 'started', head: t('billing.started'), cell: ({ startedAt }) => <DateTime instant={startedAt} isShort /> },
            {
              key: 'finished',
              head: t('billing.finished'),
              cell: ({ finishedAt }) => (finishedAt ? <DateTime instant={finishedAt} isShort /> : <span className="text-muted">–</span>),
            },
            {
              key: 'total',
              head: t('billing.total'),
              isNumber: true,
              cell: ({ totals }) => totals.map((total) => <Money key={total.currency} amount={total} className="block font-medium" />),
            },
          ]}
        />
      </Card>
    </>
  )
}
