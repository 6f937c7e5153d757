import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listInvoices } from '#app/reports/invoices/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { InvoiceTable } from '#app/ui/invoice-table.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const accountId = idOf(search.get('account'))
  const list = await asStaff(request, 'invoice:read', (ctx) =>
    listInvoices(ctx, { limit: 50, cursor: search.get('cursor'), ...(accountId ? { accountId } : {}) }),
  )
  return { list, accountId, title: await pageTitle(request, 'office', 'nav.invoices') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoices() {
  const { list, accountId } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader
        title={t('nav.invoices')}
        actions={
          <ButtonLink to="/office/billing-runs" look="secondary" size="small" className="h-9">
            {t('nav.billingRuns')}
          </ButtonLink>
        }
      />
      <div className="mb-4 empty:hidden">
        <FilterChips
          filters={accountId ? [{ parameter: 'account', label: t('accounts.name'), value: list.rows[0]?.buyerName ?? '' }] : []}
        />
      </div>
      <Card isFlush>
        <InvoiceTable
          caption={t('nav.invoices')}
          rows={list.rows}
          pathOf={(id) => `/office/invoices/${id}`}
          hasBuyer
          empty={accountId ? <FilteredEmpty /> : <EmptyState title={t('invoices.none')}>{t('invoices.noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}
