import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listEntries, listLedgerCodes, readAccountName } from '#app/reports/ledger/journal.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LedgerTabs } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { journalFilterOf } from '#app/web/desks/journal-filter.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { JournalFilters } from './journal-filters.tsx'
import { JournalTable } from './journal-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const filter = journalFilterOf(search)
  const page = await asStaff(request, 'ledger:read', async (ctx) => ({
    journal: await listEntries(ctx, filter, { cursor: search.get('cursor'), limit: 50 }),
    codes: await listLedgerCodes(ctx),
    buyerName: filter.accountId ? orNotFound(await readAccountName(ctx, filter.accountId)) : null,
  }))
  return { ...page, filter, title: await pageTitle(request, 'ledger', 'tabs.journal') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function JournalPage() {
  const { journal, codes, filter, buyerName } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ledger')
  const [search] = useSearchParams()
  const isFiltered = Object.values(filter).some((value) => value !== null)
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('journal.lead')}
        actions={
          <ButtonLink to={`/office/ledger/journal/csv?${search}`} look="secondary" size="small" className="h-9" isOtherArea>
            {t('export')}
          </ButtonLink>
        }
      />
      <LedgerTabs />
      <JournalFilters filter={filter} codes={codes} buyerName={buyerName} />
      <Card isFlush>
        <JournalTable
          rows={journal.rows}
          empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
        />
        <CursorPaging nextCursor={journal.nextCursor} />
      </Card>
    </>
  )
}
