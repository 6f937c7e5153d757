import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listExpectedPayments } from '#app/reports/payments/expected.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { ExpectedTable } from '#app/ui/payments/expected-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const rows = await asStaff(request, 'payment:read', (ctx) => listExpectedPayments(ctx))
  return { rows, title: await pageTitle(request, 'payment', 'expected.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ExpectedPayments() {
  const { rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const overdue = rows.filter(({ state }) => state === 'overdue').length
  return (
    <>
      <PageHeader crumbs={[{ label: t('title'), to: '/office/payments' }]} title={t('expected.title')} below={t('expected.lead')} />
      <div className="grid gap-4">
        {overdue > 0 ? <Notice tone="warning">{t('expected.overdue', { count: overdue })}</Notice> : null}
        <Card isFlush>
          <ExpectedTable rows={rows} hasBuyer />
        </Card>
      </div>
    </>
  )
}
