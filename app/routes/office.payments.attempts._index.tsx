import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { attemptStates } from '#app/domain/payment-attempt/attempt-state.ts'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import { listAttempts } from '#app/reports/payments/attempts.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { AttemptStateView } from '#app/ui/payments/gateway-states.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, idOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = {
    state: oneOf(attemptStates, search.get('state')) ?? null,
    text: search.get('text')?.trim().slice(0, 100) || null,
    amount: search.get('amount')?.trim().slice(0, 20) || null,
    accountId: idOf(search.get('account')) ?? null,
    from: dayOf(search.get('from')) ?? null,
    to: dayOf(search.get('to')) ?? null,
  }
  const { from, to, ...wanted } = filter
  const list = await asStaff(request, 'payment:read', (ctx, { tenant: { timeZone } }) =>
    listAttempts(
      ctx,
      { ...wanted, from: from ? startOfDay(from, timeZone) : null, before: to ? startOfDay(addDays(to, 1), timeZone) : null },
      { cursor: search.get('cursor'), limit: 50 },
    ),
  )
  return { list, filter, title: await pageTitle(request, 'payment', 'gateway.attempts') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Attempts() {
  const { list, filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const label = useLabel()
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader title={t('title')} below={t('gateway.attemptsLead')} />
      <PaymentTabs />
      <div className="flex flex-col gap-4">
        <AttemptFilters />
        <Card isFlush>
          <Table
            caption={t('gateway.attempts')}
            rows={list.rows}
            rowKey={({ id }) => id}
            empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('gateway.noAttempts')} />}
            columns={[
              {
                key: 'at',
                head: t('at'),
                isPrimary: true,
                cell: ({ id, createdAt }) => (
                  <TextLink to={`/office/payments/attempts/${id}`} isQuiet className="font-medium">
                    <DateTime instant={createdAt} isShort />
                  </TextLink>
                ),
              },
              { key: 'buyer', head: t('buyer'), cell: ({ buyerName }) => buyerName },
              { key: 'state', head: t('stateHead'), cell: ({ state }) => <AttemptStateView state={state} /> },
              {
                key: 'answer',
                head: t('gateway.answer'),
                isLong: true,
                cell: ({ failureCode }) => (failureCode ? label(`payment:gateway.failure.${failureCode}`, failureCode) : '–'),
              },
              { key: 'gateway', head: t('gateway.gateway'), isExtra: true, cell: ({ gateway }) => <bdi>{gateway}</bdi> },
              { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} className="font-medium" /> },
            ]}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}

function AttemptFilters() {
  const { filter } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'common'])
  return (
    <FilterBar isTyped>
      {filter.accountId ? <input type="hidden" name="account" value={filter.accountId} /> : null}
      <CompactSelect name="state" label={t('payment:stateHead')} defaultValue={filter.state ?? ''} key={`state-${filter.state}`}>
        <option value="">{t('common:filter.all')}</option>
        {attemptStates.map((state) => (
          <option key={state} value={state}>
            {t(`payment:gateway.attemptState.${state}`)}
          </option>
        ))}
      </CompactSelect>
      <CompactInput name="text" label={t('payment:gateway.search')} defaultValue={filter.text ?? ''} className="w-52" />
      <CompactInput name="amount" label={t('payment:amount')} defaultValue={filter.amount ?? ''} className="w-28" />
      <CompactInput name="from" type="date" label={t('payment:gateway.from')} defaultValue={filter.from ?? ''} />
      <CompactInput name="to" type="date" label={t('payment:gateway.to')} defaultValue={filter.to ?? ''} />
    </FilterBar>
  )
}
