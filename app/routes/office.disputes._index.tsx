import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { disputeStates } from '#app/domain/dispute/dispute-state.ts'
import { listDisputes } from '#app/reports/payments/disputes.server.ts'
import { Card } from '#app/ui/card.tsx'
import { CompactSelect } from '#app/ui/compact-field.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { DisputeStateView } from '#app/ui/gateway-states.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PaymentTabs } from '#app/ui/payment-tabs.tsx'
import { Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
