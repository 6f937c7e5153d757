import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { documentTypes } from '#app/domain/invoice/document-type.ts'
import { sum } from '#app/domain/money/money.ts'
import { listInvoiceMonths, listInvoices } from '#app/reports/invoices/query.server.ts'
import { readPayable } from '#app/reports/paying/query.server.ts'
import { offersGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { InvoiceTable } from '#app/ui/documents/invoice-table.tsx'
import { ChoiceFilter } from '#app/ui/forms/choice-filter.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { documentFilterOf } from '#app/web/desks/document-filter.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = documentFilterOf(search)
  const { mayPay, ...page } = await asCustomer(request, 'invoice:read', async (ctx, { can, accountId }) => ({
    mayPay: can('payment:write'),
    due: await readPayable(ctx, accountId, []),
    list: await listInvoices(ctx, { ...filter, limit: 50, cursor: search.get('cursor') }),
    months: await listInvoiceMonths(ctx),
  }))
  const canPay = mayPay && page.due !== null && (await asSeller(request, offersGateways))
  const due =
    page.due && canPay
      ? sum(
          page.due.currency,
          page.due.documents.map(({ open }) => open),
        )
      : null
  return { ...page, due, filter, title: await pageTitle(request, 'panel', 'nav.invoices') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoices() {
  const { list, filter, due } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'delivery', 'pay', 'statement'])
  const format = useFormat()
  const { search } = useLocation()
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader
        title={t('nav.invoices')}
        below={t('invoices.lead')}
        actions={
          <>
            {due ? (
              <ButtonLink to="/panel/pay" size="small" className="h-9">
                <bdi>{t('pay:pay', { amount: format.money(due) })}</bdi>
              </ButtonLink>
            ) : null}
            <ButtonLink to="/panel/invoices/archive" look="secondary" size="small" className="h-9">
              {t('delivery:archive.title')}
            </ButtonLink>
            <ButtonLink to="/panel/statement" look="secondary" size="small" className="h-9">
              {t('statement:title')}
            </ButtonLink>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {list.rows.length > 0 || isFiltered ? <DocumentFilters /> : null}
        <Card isFlush>
          <InvoiceTable
            caption={t('nav.invoices')}
            rows={list.rows}
            pathOf={(id) => `/panel/invoices/${id}`}
            empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('invoices.none')}>{t('invoices.noneText')}</EmptyState>}
          />
          {list.rows.length > 0 ? (
            <p className="no-print border-t border-border px-card py-3 text-sm">
              <a href={`/panel/invoices/file${search}`} className="text-accent underline underline-offset-4">
                {t('statement:csv')}
              </a>
            </p>
          ) : null}
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}

function DocumentFilters() {
  const { months, filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'common'])
  const monthName = useMonthName()
  return (
    <FilterBar>
      <ChoiceFilter name="month" label={t('invoices.month')} choices={months} chosen={filter.month} wordOf={monthName} />
      <ChoiceFilter
        name="type"
        label={t('common:invoice.type')}
        choices={documentTypes}
        chosen={filter.documentType}
        wordOf={(type) => t(`common:documentType.${type}`)}
      />
    </FilterBar>
  )
}
