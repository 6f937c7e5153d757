import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type LastCheck, readLastCheck } from '#app/reports/ledger/checks.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { LedgerTabs } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const check = await asStaff(request, 'ledger:read', readLastCheck)
  return { check, title: await pageTitle(request, 'ledger', 'checks.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Checks() {
  const { check } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ledger')
  return (
    <>
      <PageHeader title={t('title')} below={t('checks.lead')} />
      <LedgerTabs />
      {check ? (
        <CheckView check={check} />
      ) : (
        <Card isFlush>
          <EmptyState title={t('checks.never')}>{t('checks.neverText')}</EmptyState>
        </Card>
      )}
    </>
  )
}

function CheckView({ check }: { check: LastCheck }) {
  const { t } = useTranslation('ledger')
  const format = useFormat()
  const isGood = check.violations === 0
  return (
    <div className="grid gap-6">
      <Notice tone={isGood ? 'positive' : 'critical'}>{t(isGood ? 'checks.good' : 'checks.bad')}</Notice>
      <StatStrip
        stats={[
          { label: t('checks.at'), value: <DateTime instant={check.checkedAt} /> },
          { label: t('checks.examined'), value: format.quantity(check.examined) },
          { label: t('checks.violations'), value: format.quantity(check.violations) },
        ]}
      />
      {isGood ? null : (
        <Card title={t('checks.broken')} isFlush>
          <Table
            caption={t('checks.broken')}
            rows={check.findings}
            rowKey={({ id }) => id}
            columns={[
              { key: 'id', head: t('checks.broken'), isPrimary: true, cell: ({ id }) => <bdi dir="ltr">{id}</bdi> },
              {
                key: 'what',
                head: t('checks.what'),
                isLong: true,
                cell: ({ text }) => (
                  <bdi dir="ltr" lang="en">
                    {text}
                  </bdi>
                ),
              },
              { key: 'violations', head: t('checks.violations'), isNumber: true, cell: ({ violations }) => format.quantity(violations) },
              { key: 'first', head: t('checks.first'), isLong: true, cell: ({ ids }) => <bdi dir="ltr">{ids.slice(0, 3).join(', ')}</bdi> },
            ]}
          />
        </Card>
      )}
    </div>
  )
}
