import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readUsageChoices, readUsageFocus } from '#app/reports/usage-explorer/query.server.ts'
import { listUsageRecords } from '#app/reports/usage-explorer/records.server.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { UsageFilters } from '#app/ui/usage/usage-filters.tsx'
import { UsageRecordTable } from '#app/ui/usage/usage-record-table.tsx'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const reader = await readerOf(request)
  const search = filterOf(request)
  const page = await asCustomer(request, 'usage:read', async (ctx) => {
    const asked = usageOf(search, { ...reader, today: localDateOf(ctx.now, reader.zone) })
    return {
      asked,
      choices: await readUsageChoices(ctx),
      focus: await readUsageFocus(ctx, asked),
      records: await listUsageRecords(ctx, { ...asked, page: pageOf(search) }),
    }
  })
  return { ...page, title: await pageTitle(request, 'project', 'usage.records') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function UsageRecords() {
  const { asked, choices, focus, records } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['project', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.usage'), to: '/panel/usage' }]}
        title={t('usage.records')}
        beside={<span className="tabular text-muted">{records.total}</span>}
      />
      <UsageFilters {...{ asked, choices, focus }} isOfRecords currencies={[]} currency="" />
      <UsageRecordTable records={records} />
    </>
  )
}
