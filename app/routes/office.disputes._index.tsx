import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { disputeStates } from '#app/domain/dispute/dispute-state.ts'
import { listDisputes } from '#app/reports/payments/disputes.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { DisputeStateView } from '#app/ui/payments/gateway-states.tsx'
import { PaymentTabs } from '#app/ui/payments/payment-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const state = oneOf(disputeStates, search.get('state')) ?? null
  const page = { cursor: search.get('cursor'), limit: 50 }
  const list = await asStaff(request, 'payment:read', (ctx) => listDisputes(ctx, { state }, page))
  return { list, state, title: await pageTitle(request, 'payment', 'gateway.disputes') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Disputes() {
  const { list, state: chosen } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'common'])
  return (
    <>
      <PageHeader title={t('payment:title')} below={t('payment:gateway.disputesLead')} />
      <PaymentTabs />
      <div className="flex flex-col gap-4">
        <FilterBar>
          <CompactSelect name="state" label={t('payment:stateHead')} defaultValue={chosen ?? ''} key={`state-${chosen}`}>
            <option value="">{t('common:filter.all')}</option>
            {disputeStates.map((state) => (
              <option key={state} value={state}>
                {t(`payment:gateway.disputeState.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <Card isFlush>
          <Table
            caption={t('payment:gateway.disputes')}
            rows={list.rows}
            rowKey={({ id }) => id}
            empty={chosen ? <FilteredEmpty /> : <EmptyState title={t('payment:gateway.noDisputes')} />}
            columns={[
              {
                key: 'at',
                head: t('payment:gateway.opened'),
                isPrimary: true,
                cell: ({ id, openedAt }) => (
                  <TextLink to={`/office/disputes/${id}`} isQuiet className="font-medium">
                    <DateTime instant={openedAt} isShort />
                  </TextLink>
                ),
              },
              { key: 'buyer', head: t('payment:buyer'), cell: ({ buyerName }) => buyerName },
              { key: 'state', head: t('payment:stateHead'), cell: ({ state }) => <DisputeStateView state={state} /> },
              {
                key: 'until',
                head: t('payment:gateway.respondBy'),
                cell: ({ respondBy }) => (respondBy ? <DateTime instant={respondBy} isShort /> : '–'),
              },
              { key: 'gateway', head: t('payment:gateway.gateway'), isExtra: true, cell: ({ gateway }) => <bdi>{gateway}</bdi> },
              { key: 'amount', head: t('payment:amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} /> },
            ]}
          />
          <CursorPaging nextCursor={list.nextCursor} />
        </Card>
      </div>
    </>
  )
}
