import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listAgingDocuments } from '#app/reports/aging/query.server.ts'
import { agingBuckets } from '#app/reports/aging/shape.ts'
import { pageSize } from '#app/reports/paging.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DocumentLink } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf, idOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const page = pageOf(search)
  const bucket = oneOf(agingBuckets, search.get('bucket')) ?? null
  const currency = /^[A-Z]{3}$/.exec(search.get('currency') ?? '')?.[0] ?? null
  const accountId = idOf(search.get('account')) ?? null
  const found = await asStaff(request, 'ledger:read', async (ctx) => {
    const asOf = dayOf(search.get('date')) ?? (await sellerMonth(ctx)).today
    return { asOf, ...(await listAgingDocuments(ctx, { asOf, currency, accountId, bucket, page })) }
  })
  return { ...found, bucket, page, title: await pageTitle(request, 'report', 'aging.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AgingDocuments() {
  const { asOf, bucket, documents, count, page } = useLoaderData<typeof loader>()
  const { t } = useTranslation('report')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('aging.title'), to: `/office/reports/aging?date=${asOf}` }]}
        title={bucket ? t(`aging.bucket.${bucket}`) : t('aging.documents')}
        below={
          <>
            {t('aging.asOf')} <Day day={asOf} />
          </>
        }
      />
      <Card isFlush>
        <Table
          caption={t('aging.documents')}
          rows={documents}
          rowKey={({ invoiceId, accountId, open }) => `${invoiceId ?? accountId} ${open.currency}`}
          empty={<EmptyState title={t('aging.none')}>{t('aging.noneText')}</EmptyState>}
          columns={[
            {
              key: 'document',
              head: t('document'),
              isPrimary: true,
              cell: ({ invoiceId, number }) =>
                invoiceId ? (
                  <DocumentLink invoiceId={invoiceId} number={number} />
                ) : (
                  <span className="text-muted">{t('aging.noDocument')}</span>
                ),
            },
            {
              key: 'buyer',
              head: t('buyer'),
              cell: ({ accountId, name }) => (
                <TextLink to={`/office/accounts/${accountId}`} isQuiet>
                  <bdi>{name}</bdi>
                </TextLink>
              ),
            },
            { key: 'due', head: t('aging.due'), cell: ({ dueDate }) => <Day day={dueDate} /> },
            { key: 'bucket', head: t('aging.age'), cell: (row) => t(`aging.bucket.${row.bucket}`) },
            { key: 'open', head: t('aging.open'), isNumber: true, cell: ({ open }) => <Money amount={open} isBalance /> },
          ]}
        />
        <Pagination page={page} pageSize={pageSize} total={count} />
      </Card>
    </>
  )
}
