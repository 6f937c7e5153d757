import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { isCurrency } from '#app/domain/money/currency.ts'
import { readAccountName } from '#app/reports/ledger/journal.server.ts'
import type { SheetRow } from '#app/reports/ledger/shape.ts'
import { readAccountSheet } from '#app/reports/ledger/sheet.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { BuyerLink, DocumentLink, Side } from '#app/ui/payments/ledger-parts.tsx'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, idOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const currency = search.get('currency') ?? ''
  const filter = {
    code: params.code ?? '',
    currency: orNotFound(isCurrency(currency) ? currency : null),
    accountId: idOf(search.get('account')) ?? null,
    from: dayOf(search.get('from')) ?? null,
    to: dayOf(search.get('to')) ?? null,
    cursor: search.get('cursor'),
  }
  const page = await asStaff(request, 'ledger:read', async (ctx) => ({
    sheet: orNotFound(await readAccountSheet(ctx, filter)),
    buyerName: filter.accountId ? orNotFound(await readAccountName(ctx, filter.accountId)) : null,
  }))
  return { ...page, filter, title: await pageTitle(request, 'ledger', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountSheetPage() {
  const { sheet, filter, buyerName } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ledger')
  const nameOf = useLedgerAccountName()
  const columns = useColumns()
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/ledger' }]}
        title={nameOf(filter.code)}
        beside={<span className="text-muted">{filter.currency}</span>}
        below={t(`kinds.${sheet.kind}`)}
        facts={[
          ...(filter.from ? [{ label: t('sheet.before'), value: <Money amount={sheet.before} isBalance /> }] : []),
          { label: t('sheet.after'), value: <Money amount={sheet.after} isBalance /> },
        ]}
      />
      <div className="mb-4 grid gap-3">
        <FilterBar isTyped>
          <input type="hidden" name="currency" value={filter.currency} />
          {filter.accountId ? <input type="hidden" name="account" value={filter.accountId} /> : null}
          <CompactInput type="date" name="from" label={t('from')} defaultValue={filter.from ?? ''} key={`from-${filter.from}`} />
          <CompactInput type="date" name="to" label={t('to')} defaultValue={filter.to ?? ''} key={`to-${filter.to}`} />
        </FilterBar>
        <FilterChips filters={buyerName ? [{ parameter: 'account', label: t('buyer'), value: buyerName }] : []} />
      </div>
      <Card isFlush>
        <Table
          caption={nameOf(filter.code)}
          rows={sheet.rows}
          rowKey={({ id }) => id}
          columns={columns}
          empty={<EmptyState title={t('sheet.none')} />}
        />
        <CursorPaging nextCursor={sheet.nextCursor} />
      </Card>
    </>
  )
}

function useColumns(): Column<SheetRow>[] {
  const { t } = useTranslation('ledger')
  const pathOf = ({ entryId }: SheetRow) => `/office/ledger/entries/${entryId}`
  return [
    {
      key: 'booked',
      head: t('booked'),
      isPrimary: true,
      cell: (row) => (
        <TextLink to={pathOf(row)} isQuiet className="font-medium">
          <Day day={row.bookedOn} />
        </TextLink>
      ),
    },
    { key: 'kind', head: t('kind'), cell: ({ kind }) => t(`entryKind.${kind}`) },
    { key: 'document', head: t('document'), cell: ({ invoiceId, document }) => <DocumentLink invoiceId={invoiceId} number={document} /> },
    {
      key: 'buyer',
      head: t('buyer'),
      isLong: true,
      cell: ({ accountId, buyerName }) => <BuyerLink accountId={accountId} name={buyerName} />,
    },
    { key: 'debit', head: t('debit'), isNumber: true, cell: (row) => <Side amount={row.amount} side="debit" to={pathOf(row)} /> },
    { key: 'credit', head: t('credit'), isNumber: true, cell: (row) => <Side amount={row.amount} side="credit" to={pathOf(row)} /> },
    {
      key: 'balance',
      head: t('balance'),
      isNumber: true,
      cell: ({ balance }) => <Money amount={balance} className="font-medium" isBalance />,
    },
  ]
}
