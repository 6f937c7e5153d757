import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listGatewayPayouts, listMissingPayments } from '#app/reports/payments/gateway-payouts.server.ts'
import { Card } from '#app/ui/card.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { DateTime, Day } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PaymentTabs } from '#app/ui/payment-tabs.tsx'
import { State } from '#app/ui/state.tsx'
import { Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
