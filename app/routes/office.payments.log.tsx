import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import { exchangeResults, listExchanges } from '#app/reports/payments/exchanges.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { ExchangeTable } from '#app/ui/payments/exchange-table.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    result: oneOf(exchangeResults, search.get('result')) ?? null,
    text: search.get('text')?.trim().slice(0, 100) || null,
    from: dayOf(search.get('from')) ?? null,
    to: dayOf(search.get('to')) ?? null,
  }
  const { from, to, ...wanted } = filter
  const list = await asStaff(request, 'payment:read', (ctx, { tenant: { timeZone } }) =>
    listExchanges(
      ctx,
      {
        ...wanted,
        attemptId: null,
        from: from ? startOfDay(from, timeZone) : null,
        before: to ? startOfDay(addDays(to, 1), timeZone) : null,
      },
      { cursor: search.get('cursor'), limit: 50 },
    ),
  )
  return { list, filter, title: await pageTitle(request, 'payment', 'gateway.log') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TransactionLog() {
  const { list, filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'common'])
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader title={t('payment:title')} below={t('payment:gateway.logLead')} />
      <PaymentTabs />
      <div className="flex flex-col gap-4">
        <FilterBar isTyped>
          <CompactSelect
            name="result"
            label={t('payment:gateway.answer')}
            defaultValue={filter.result ?? ''}
            key={`result-${filter.result}`}
          >
            <option value="">{t('common:filter.all')}</option>
            {(['answered', 'failed'] as const).map((result) => (
              <option key={result} value={result}>
                {t(`payment:gateway.result.${result}`)}
              </option>
            ))}
          </CompactSelect>
          <CompactInput name="text" label={t('payment:gateway.words')} defaultValue={filter.text ?? ''} className="w-52" />
          <CompactInput name="from" type="date" label={t('payment:gateway.from')} defaultValue={filter.from ?? ''} />
          <CompactInput name="to" type="date" label={t('payment:gateway.to')} defaultValue={filter.to ?? ''} />
        </FilterBar>
        <Card isFlush>
          <ExchangeTable
            rows={list.rows}
            hasAttempt
            empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('payment:gateway.noLog')} />}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}
