import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listGatewayPayouts, listPayoutLines } from '#app/reports/payments/gateway-payouts.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.payoutId) ? params.payoutId : null)
  const page = await asStaff(request, 'payment:read', async (ctx) => ({
    payout: orNotFound((await listGatewayPayouts(ctx, { cursor: null, limit: 1, id })).rows[0]),
    lines: await listPayoutLines(ctx, id),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'gateway.payout') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function GatewayPayout() {
  const { payout, lines } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/office/payments' },
          { label: t('gateway.payouts'), to: '/office/gateway-payouts' },
        ]}
        title={t('gateway.payout')}
        below={t(`gateway.payoutState.${payout.state}`)}
        facts={[
          { label: t('amount'), value: <Money amount={payout.amount} /> },
          { label: t('gateway.fee'), value: <Money amount={payout.fee} /> },
          { label: t('gateway.arrives'), value: <Day day={payout.arrivesOn} /> },
          { label: t('gateway.gateway'), value: <bdi>{payout.gateway}</bdi> },
          { label: t('reference'), value: <bdi>{payout.payoutRef}</bdi> },
          ...(payout.gap.minor === 0n ? [] : [{ label: t('gateway.gap'), value: <Money amount={payout.gap} isBalance /> }]),
        ]}
      />
      <Card isFlush>
        <Table
          caption={t('gateway.payout')}
          rows={lines}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'kind',
              head: t('kind'),
              isPrimary: true,
              cell: ({ kind, paymentId }) => {
                const name = t(`gateway.lineKind.${kind}`)
                return paymentId ? (
                  <TextLink to={`/office/payments/${paymentId}`} isQuiet className="font-medium">
                    {name}
                  </TextLink>
                ) : (
                  name
                )
              },
            },
            { key: 'reference', head: t('reference'), cell: ({ ref }) => (ref ? <bdi>{ref}</bdi> : '–') },
            {
              key: 'difference',
              head: t('gateway.comparison'),
              cell: ({ difference }) => (
                <State tone={difference ? 'critical' : 'positive'}>
                  {t(difference ? `gateway.difference.${difference}` : 'gateway.agrees')}
                </State>
              ),
            },
            {
              key: 'expected',
              head: t('gateway.inBooks'),
              isNumber: true,
              isExtra: true,
              cell: ({ expected }) => (expected ? <Money amount={expected} isBalance /> : '–'),
            },
            { key: 'fee', head: t('gateway.fee'), isNumber: true, cell: ({ fee }) => <Money amount={fee} isBalance /> },
            { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} isBalance /> },
          ]}
        />
      </Card>
    </>
  )
}
