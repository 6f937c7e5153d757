import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ticketStates } from '#app/domain/tickets/ticket.ts'
import { accountNameOf, listTickets } from '#app/reports/tickets/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TicketTable } from '#app/ui/desk/ticket-table.tsx'
import { ChoiceFilter } from '#app/ui/forms/choice-filter.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = { state: oneOf(ticketStates, search.get('state')), accountId: idOf(search.get('account')), page: pageOf(search) }
  const page = await asStaff(request, 'ticket:read', async (ctx, { can }) => ({
    list: await listTickets(ctx, filter),
    account: filter.accountId ? await accountNameOf(ctx, filter.accountId) : null,
    mayWrite: can('ticket:write'),
  }))
  return { ...page, state: filter.state, title: await pageTitle(request, 'ticket', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Tickets() {
  const { list, account, state, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ticket')
  const chips = [
    ...(account ? [{ parameter: 'account', label: t('account'), value: account.name }] : []),
    ...(state ? [{ parameter: 'state', label: t('stateHead'), value: t(`officeState.${state}`) }] : []),
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('officeLead')}
        actions={account && mayWrite ? <ButtonLink to={`/office/tickets/new?account=${account.id}`}>{t('newFor')}</ButtonLink> : undefined}
      />
      {list.hasAny ? (
        <div className="mb-4 grid gap-3">
          <FilterBar>
            {account ? <input type="hidden" name="account" value={account.id} /> : null}
            <ChoiceFilter
              name="state"
              label={t('stateHead')}
              choices={ticketStates}
              chosen={state}
              wordOf={(choice) => t(`officeState.${choice}`)}
            />
          </FilterBar>
          <FilterChips filters={chips} />
        </div>
      ) : null}
      <Card isFlush>
        <TicketTable
          rows={list.rows}
          base="/office/tickets"
          hasAccounts
          empty={list.hasAny ? <FilteredEmpty /> : <EmptyState title={t('none')}>{t('officeNone')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
