import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ticketStates } from '#app/domain/tickets/ticket.ts'
import { accountNameOf, listTickets } from '#app/reports/tickets/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { ChoiceFilter } from '#app/ui/choice-filter.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { TicketTable } from '#app/ui/ticket-table.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, idOf, oneOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
