import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { disputedPayments } from '#app/reports/payments/disputes.server.ts'
import { listPayments } from '#app/reports/payments/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PaymentTable } from '#app/ui/payments/payment-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const cursor = filterOf(request).get('cursor')
  const page = await asCustomer(request, 'invoice:read', async (ctx) => ({
    list: await listPayments(ctx, { limit: 50, cursor }),
    disputed: await disputedPayments(ctx),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Payments() {
  const { list, disputed } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader title={t('title')} below={t('panelLead')} />
      <Card isFlush>
        <PaymentTable
          caption={t('title')}
          rows={list.rows}
          noteOf={(id) => (disputed.includes(id) ? <span className="text-xs">{t('gateway.inDispute')}</span> : null)}
          empty={<EmptyState title={t('none')} />}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}
