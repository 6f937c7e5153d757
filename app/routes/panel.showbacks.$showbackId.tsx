import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readShowback } from '#app/reports/invoices/showbacks.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { type InvoiceLine, useInvoiceLine } from '#app/ui/documents/invoice-lines.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const showbackId = orNotFound(isUuid(params.showbackId) ? params.showbackId : null)
  const showback = orNotFound(await asCustomer(request, 'usage:read', (ctx) => readShowback(ctx, showbackId)))
  return { showback, title: await pageTitle(request, 'panel', 'showbacks.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Showback() {
  const { showback } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'document'])
  const inWords = useInvoiceLine()
  const { name, net, tax, total, periodStart, periodEnd, lines } = showback
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('showbacks.title'), to: '/panel/showbacks' }]}
        title={t('showbacks.of', { name })}
        below={t('showbacks.lead')}
        facts={[
          { label: t('showbacks.period'), value: <LocalPeriod start={periodStart} end={periodEnd} /> },
          { label: t('showbacks.net'), value: <Money amount={net} /> },
          { label: t('showbacks.tax'), value: <Money amount={tax} /> },
          { label: t('showbacks.total'), value: <Money amount={total} /> },
        ]}
      />
      <Card isFlush>
        <Table
          caption={t('showbacks.of', { name })}
          rows={lines.map((line: InvoiceLine) => ({ id: line.id, net: line.net, words: inWords(line) }))}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            {
              key: 'what',
              head: t('document:column.description'),
              isPrimary: true,
              isLong: true,
              cell: ({ words }) => (
                <span suppressHydrationWarning>
                  {words.description}
                  {words.detail ? <span className="block text-xs text-muted">{words.detail}</span> : null}
                </span>
              ),
            },
            {
              key: 'quantity',
              head: t('document:column.quantity'),
              isNumber: true,
              cell: ({ words }) => <span suppressHydrationWarning>{words.quantity}</span>,
            },
            { key: 'net', head: t('showbacks.net'), isNumber: true, cell: ({ net: amount }) => <Money amount={amount} /> },
          ]}
        />
      </Card>
    </>
  )
}
