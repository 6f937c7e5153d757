import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readServerMonths } from '#app/reports/servers/months.server.ts'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Table } from '#app/ui/tables/table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  return asCustomer(request, 'server:read', async (ctx, { can }) => ({
    months: await readServerMonths(ctx, serverId),
    maySeeSubscription: can('subscription:read'),
  }))
}

export default function ServerBilling() {
  const { months, maySeeSubscription } = useLoaderData<typeof loader>()
  const server = useOutletContext<ServerDetail>()
  const { t } = useTranslation(['cloud', 'common'])
  const monthName = useMonthName()
  const facts = [
    { label: t('billing.plan'), value: server.planName || '–' },
    ...(server.hourly ? [{ label: t('perHour'), value: <Rate rate={server.hourly} currency={server.costSoFar.currency} /> }] : []),
    { label: t('thisMonth'), value: <Money amount={server.costSoFar} /> },
    ...(server.monthlyCap ? [{ label: t('common:server.monthlyCap'), value: <Money amount={server.monthlyCap} /> }] : []),
  ]
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Card id="months" title={t('billing.months')} aside={t('common:money.net')} isFlush>
        <Table
          caption={t('billing.months')}
          rows={months}
          rowKey={({ month, amount }) => `${month} ${amount.currency}`}
          empty={<EmptyState title={t('billing.none')}>{t('billing.noneText')}</EmptyState>}
          columns={[
            { key: 'month', head: t('billing.month'), isPrimary: true, cell: ({ month }) => monthName(month) },
            {
              key: 'amount',
              head: t('billing.amount'),
              isNumber: true,
              cell: ({ amount }) => <Money amount={amount} className="font-medium" />,
            },
          ]}
        />
      </Card>
      <Card id="terms" title={t('billing.terms')}>
        <dl className="grid gap-3 text-sm">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt className="text-muted">{label}</dt>
              <dd className="mt-0.5">{value}</dd>
            </div>
          ))}
        </dl>
        {server.subscriptionId && maySeeSubscription ? (
          <p className="mt-4 text-sm">
            <TextLink to={`/panel/subscriptions/${server.subscriptionId}`}>{t('resize.subscription')}</TextLink>
          </p>
        ) : null}
      </Card>
    </div>
  )
}
