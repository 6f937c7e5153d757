import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listInvoices } from '#app/reports/invoices/query.server.ts'
import { Card } from '#app/ui/card.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { InvoiceTable } from '#app/ui/invoice-table.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { filterOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const cursor = filterOf(request).get('cursor')
  const list = await asCustomer(request, 'invoice:read', (ctx) => listInvoices(ctx, { limit: 50, cursor }))
  return { list, title: await pageTitle(request, 'panel', 'nav.invoices') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoices() {
  const { list } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader title={t('nav.invoices')} below={t('invoices.lead')} />
      <Card isFlush>
        <InvoiceTable
          caption={t('nav.invoices')}
          rows={list.rows}
          pathOf={(id) => `/panel/invoices/${id}`}
          empty={<EmptyState title={t('invoices.none')}>{t('invoices.noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}
