import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listGatewayPayouts, listMissingPayments } from '#app/reports/payments/gateway-payouts.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const cursor = filterOf(request).get('cursor')
  const page = await asStaff(request, 'payment:read', async (ctx) => ({
    list: await listGatewayPayouts(ctx, { cursor, limit: 50 }),
    missing: await listMissingPayments(ctx),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'gateway.payouts') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function GatewayPayouts() {
  const { list } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader title={t('title')} below={t('gateway.payoutsLead')} />
      <PaymentTabs />
      <div className="grid grid-cols-1 gap-6">
        <Card isFlush>
          <Table
            caption={t('gateway.payouts')}
            rows={list.rows}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('gateway.noPayouts')} />}
            columns={[
              {
                key: 'day',
                head: t('gateway.arrives'),
                isPrimary: true,
                cell: ({ id, arrivesOn }) => (
                  <TextLink to={`/office/gateway-payouts/${id}`} isQuiet className="font-medium">
                    <Day day={arrivesOn} />
                  </TextLink>
                ),
              },
              { key: 'gateway', head: t('gateway.gateway'), cell: ({ gateway }) => <bdi>{gateway}</bdi> },
              {
                key: 'state',
                head: t('gateway.comparison'),
                cell: ({ differences, gap }) =>
                  differences > 0 || gap.minor !== 0n ? (
                    <State tone="critical">{t('gateway.differs')}</State>
                  ) : (
                    <State tone="positive">{t('gateway.agrees')}</State>
                  ),
              },
              { key: 'reference', head: t('reference'), isExtra: true, cell: ({ payoutRef }) => <bdi>{payoutRef}</bdi> },
              { key: 'fee', head: t('gateway.fee'), isNumber: true, cell: ({ fee }) => <Money amount={fee} /> },
              { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
            ]}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
        <MissingCard />
      </div>
    </>
  )
}

/** What a gateway took and never paid out. */
function MissingCard() {
  const { missing } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  if (missing.length === 0) return null
  return (
    <Card title={t('gateway.missing')} isFlush>
      <Table
        caption={t('gateway.missing')}
        rows={missing}
        rowKey={({ paymentId }) => paymentId}
        columns={[
          {
            key: 'at',
            head: t('at'),
            isPrimary: true,
            cell: ({ paymentId, at }) => (
              <TextLink to={`/office/payments/${paymentId}`} isQuiet className="font-medium">
                <DateTime instant={at} isShort />
              </TextLink>
            ),
          },
          { key: 'buyer', head: t('buyer'), cell: ({ buyerName }) => buyerName },
          { key: 'reference', head: t('reference'), isExtra: true, cell: ({ paymentRef }) => <bdi>{paymentRef}</bdi> },
          { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
        ]}
      />
    </Card>
  )
}
