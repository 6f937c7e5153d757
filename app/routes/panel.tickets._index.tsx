import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ticketStates } from '#app/domain/tickets/ticket.ts'
import { listTickets } from '#app/reports/tickets/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TicketTable } from '#app/ui/desk/ticket-table.tsx'
import { ChoiceFilter } from '#app/ui/forms/choice-filter.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const state = oneOf(ticketStates, search.get('state'))
  const page = await asCustomer(request, 'ticket:read', async (ctx, { membership, can }) => ({
    list: await listTickets(ctx, { state, page: pageOf(search) }),
    hasAccounts: membership.accountIds.length > 1,
    mayWrite: can('ticket:write'),
  }))
  return { ...page, state, title: await pageTitle(request, 'ticket', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Tickets() {
  const { list, state, hasAccounts, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ticket')
  const open = mayWrite ? <ButtonLink to="/panel/tickets/new">{t('new')}</ButtonLink> : undefined
  return (
    <>
      <PageHeader title={t('title')} below={t('lead')} actions={open} />
      {list.hasAny ? (
        <div className="mb-4">
          <FilterBar>
            <ChoiceFilter
              name="state"
              label={t('stateHead')}
              choices={ticketStates}
              chosen={state}
              wordOf={(choice) => t(`state.${choice}`)}
            />
          </FilterBar>
        </div>
      ) : null}
      <Card isFlush>
        <TicketTable
          rows={list.rows}
          base="/panel/tickets"
          hasAccounts={hasAccounts}
          empty={
            list.hasAny ? (
              <FilteredEmpty />
            ) : (
              <EmptyState title={t('none')} action={open}>
                {t('noneText')}
              </EmptyState>
            )
          }
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}
