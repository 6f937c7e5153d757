import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ticketStates } from '#app/domain/tickets/ticket.ts'
import { listTickets } from '#app/reports/tickets/query.server.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { ChoiceFilter } from '#app/ui/choice-filter.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { TicketTable } from '#app/ui/ticket-table.tsx'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
