import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { paymentMethods, paymentStates } from '#app/domain/payment/payment.ts'
import { listPaymentMonths, listPayments } from '#app/reports/payments/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { ChoiceFilter } from '#app/ui/forms/choice-filter.tsx'
import { PaymentTable } from '#app/ui/payments/payment-table.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
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
  const filter = {
    accountId: idOf(search.get('account')),
    method: oneOf(paymentMethods, search.get('method')),
    state: oneOf(paymentStates, search.get('state')),
    month: monthOf(search.get('month')),
  }
  const page = await asStaff(request, 'payment:read', async (ctx, { can }) => ({
    list: await listPayments(ctx, { ...filter, limit: 50, cursor: search.get('cursor') }),
    months: await listPaymentMonths(ctx),
    mayWrite: can('payment:write'),
    maySet: can('settings:write'),
  }))
  return { ...page, filter, title: await pageTitle(request, 'payment', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Payments() {
  const { list, filter, mayWrite, maySet } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'office'])
  const isFiltered = Object.values(filter).some(Boolean)
  const account = filter.accountId ? `?account=${filter.accountId}` : ''
  return (
    <>
      <PageHeader
        title={t('payment:title')}
        below={t('payment:lead')}
        actions={
          <>
            {maySet ? (
              <ButtonLink to="/office/payments/settings" look="secondary" size="small" className="h-9">
                {t('payment:gateway.settings')}
              </ButtonLink>
            ) : null}
            <ButtonLink to="/office/bank-statements" look="secondary" size="small" className="h-9">
              {t('payment:bank.title')}
            </ButtonLink>
            <ButtonLink to="/office/payments/expected" look="secondary" size="small" className="h-9">
              {t('payment:expected.title')}
            </ButtonLink>
            {mayWrite ? (
              <ButtonLink to={`/office/payments/new${account}`} size="small" className="h-9">
                {t('payment:record.open')}
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <PaymentTabs />
      <div className="mb-4 flex flex-col gap-3">
        <PaymentFilters />
        <FilterChips
          filters={filter.accountId ? [{ parameter: 'account', label: t('payment:buyer'), value: list.rows[0]?.buyerName ?? '' }] : []}
        />
      </div>
      <Card isFlush>
        <PaymentTable
          caption={t('payment:title')}
          rows={list.rows}
          pathOf={(id) => `/office/payments/${id}`}
          hasBuyer
          empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('payment:none')}>{t('payment:noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}

function PaymentFilters() {
  const { filter, months } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  return (
    <FilterBar>
      {filter.accountId ? <input type="hidden" name="account" value={filter.accountId} /> : null}
      <ChoiceFilter
        name="state"
        label={t('stateHead')}
        choices={paymentStates}
        chosen={filter.state}
        wordOf={(state) => t(`state.${state}`)}
      />
      <ChoiceFilter
        name="method"
        label={t('method')}
        choices={paymentMethods}
        chosen={filter.method}
        wordOf={(way) => t(`methods.${way}`)}
      />
      <MonthSelect months={months} chosen={filter.month} />
    </FilterBar>
  )
}
