import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { documentTypes } from '#app/domain/invoice/document-type.ts'
import { type ShownStatus, shownStatuses } from '#app/domain/invoice/invoice-status.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { listInvoiceMonths, listInvoices } from '#app/reports/invoices/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { InvoiceTable } from '#app/ui/documents/invoice-table.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { MonthSelect } from '#app/ui/tables/office-filters.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, monthOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = await asStaff(request, 'invoice:read', async (ctx, { tenant, can }) => {
    const filter = filterFrom(search, tenant.currency)
    const { leastMinor, mostMinor, ...rest } = filter
    return {
      list: await listInvoices(ctx, { ...filter, limit: 50, cursor: search.get('cursor') }),
      months: await listInvoiceMonths(ctx),
      filter: {
        ...rest,
        least: leastMinor === undefined ? '' : search.get('least'),
        most: mostMinor === undefined ? '' : search.get('most'),
      },
      mayWrite: can('invoice:write'),
      mayNumber: can('settings:write'),
    }
  })
  return { ...page, title: await pageTitle(request, 'office', 'nav.invoices') }
}

/** What the address asks for. Amounts are in the seller's own currency, tax included. */
function filterFrom(search: URLSearchParams, currency: string) {
  const least = typedAmount(search.get('least') ?? '', currency)?.minor
  const most = typedAmount(search.get('most') ?? '', currency)?.minor
  return {
    accountId: idOf(search.get('account')),
    documentType: oneOf(documentTypes, search.get('type')),
    status: oneOf(shownStatuses, search.get('status')),
    month: monthOf(search.get('month')),
    number: search.get('number')?.trim().slice(0, 40) || undefined,
    leastMinor: least,
    mostMinor: most,
    currency: least === undefined && most === undefined ? undefined : currency,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Invoices() {
  const { list, filter, mayWrite, mayNumber } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'delivery', 'invoicing'])
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader
        title={t('nav.invoices')}
        actions={
          <>
            {mayNumber ? <HeaderLink to="/office/invoices/numbering" label={t('invoicing:deed.numbering')} /> : null}
            {mayWrite ? <HeaderLink to="/office/invoices/drafts" label={t('invoicing:deed.drafts')} /> : null}
            <HeaderLink to="/office/invoices/archive" label={t('delivery:archive.title')} />
            <HeaderLink to="/office/billing-runs" label={t('nav.billingRuns')} />
          </>
        }
      />
      <div className="mb-4 flex flex-col gap-3">
        <InvoiceFilters />
        <FilterChips
          filters={filter.accountId ? [{ parameter: 'account', label: t('accounts.name'), value: list.rows[0]?.buyerName ?? '' }] : []}
        />
      </div>
      <Card isFlush>
        <InvoiceTable
          caption={t('nav.invoices')}
          rows={list.rows}
          pathOf={(id) => `/office/invoices/${id}`}
          hasBuyer
          empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('invoices.none')}>{t('invoices.noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}

function HeaderLink({ to, label }: { to: string; label: string }) {
  return (
    <ButtonLink to={to} look="secondary" size="small" className="h-9">
      {label}
    </ButtonLink>
  )
}

function InvoiceFilters() {
  const { filter, months } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'invoicing', 'common'])
  const { documentType, status, month, number, least, most, accountId } = filter
  return (
    <FilterBar isTyped>
      {accountId ? <input type="hidden" name="account" value={accountId} /> : null}
      <CompactSelect
        name="type"
        label={t('common:invoice.type')}
        defaultValue={documentType ?? ''}
        key={`type-${documentType}`}
        className="max-w-44"
      >
        <option value="">{t('common:filter.all')}</option>
        {documentTypes.map((type) => (
          <option key={type} value={type}>
            {t(`common:documentType.${type}`)}
          </option>
        ))}
      </CompactSelect>
      <CompactSelect name="status" label={t('common:invoice.status')} defaultValue={status ?? ''} key={`status-${status}`}>
        <option value="">{t('common:filter.all')}</option>
        {shownStatuses.map((each: ShownStatus) => (
          <option key={each} value={each}>
            {t(`common:invoiceStatus.${each}`)}
          </option>
        ))}
      </CompactSelect>
      <MonthSelect months={months} chosen={month} />
      <CompactInput name="number" label={t('invoicing:filter.number')} defaultValue={number ?? ''} dir="ltr" className="w-40" />
      <CompactInput
        name="least"
        label={t('invoicing:filter.least')}
        defaultValue={least ?? ''}
        inputMode="decimal"
        dir="ltr"
        className="w-28"
      />
      <CompactInput
        name="most"
        label={t('invoicing:filter.most')}
        defaultValue={most ?? ''}
        inputMode="decimal"
        dir="ltr"
        className="w-28"
      />
    </FilterBar>
  )
}
