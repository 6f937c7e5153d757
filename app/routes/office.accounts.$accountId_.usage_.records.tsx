import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readUsageAccount, readUsageChoices, readUsageFocus } from '#app/reports/usage-explorer/query.server.ts'
import { listUsageRecords } from '#app/reports/usage-explorer/records.server.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { UsageFilters } from '#app/ui/usage/usage-filters.tsx'
import { UsageRecordTable } from '#app/ui/usage/usage-record-table.tsx'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const reader = await readerOf(request)
  const search = filterOf(request)
  const page = await asStaff(request, 'usage:read', async (ctx) => {
    const { name, accountIds } = orNotFound(await readUsageAccount(ctx, accountId))
    const asked = usageOf(search, { ...reader, today: localDateOf(ctx.now, reader.zone) })
    return {
      name,
      asked,
      choices: await readUsageChoices(ctx, accountIds),
      focus: await readUsageFocus(ctx, asked),
      records: await listUsageRecords(ctx, { ...asked, accountIds, page: pageOf(search) }),
    }
  })
  return { ...page, accountId, title: await pageTitle(request, 'project', 'usage.records') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountUsageRecords() {
  const { accountId, name, asked, choices, focus, records } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['project', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: name, to: `/office/accounts/${accountId}` },
          { label: t('office:nav.usage'), to: `/office/accounts/${accountId}/usage` },
        ]}
        title={t('usage.records')}
        beside={<span className="tabular text-muted">{records.total}</span>}
      />
      <UsageFilters {...{ asked, choices, focus }} isOfRecords currencies={[]} currency="" />
      <UsageRecordTable records={records} />
    </>
  )
}
