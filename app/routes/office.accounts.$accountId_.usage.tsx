import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listProjects } from '#app/reports/projects/query.server.ts'
import { readUsageAccount, readUsageChoices, readUsageFocus, readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { AsOf } from '#app/ui/base/as-of.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { ProjectTable } from '#app/ui/people/project-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { UsageExplorer } from '#app/ui/usage/usage-explorer.tsx'
import { UsageFilters } from '#app/ui/usage/usage-filters.tsx'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const reader = await readerOf(request)
  const page = await asStaff(request, 'usage:read', async (ctx) => {
    const { name, accountIds } = orNotFound(await readUsageAccount(ctx, accountId))
    const choices = await readUsageChoices(ctx, accountIds)
    const asked = usageOf(filterOf(request), { ...reader, today: localDateOf(ctx.now, reader.zone) })
    const tagKey = asked.tagKey ?? choices.keys[0]
    return {
      name,
      asked,
      choices,
      tagKey,
      usage: await readUsagePicture(ctx, { ...asked, tagKey, accountIds }),
      focus: await readUsageFocus(ctx, asked),
      projects: await listProjects(ctx, { accountId }),
    }
  })
  return { ...page, accountId, title: await pageTitle(request, 'office', 'nav.usage') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountUsage() {
  const { accountId, name, asked, choices, tagKey, usage, focus, projects } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'project'])
  const base = `/office/accounts/${accountId}/usage`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('nav.accounts'), to: '/office/accounts' },
          { label: name, to: `/office/accounts/${accountId}` },
        ]}
        title={t('nav.usage')}
        below={usage.asOf ? <AsOf instant={usage.asOf} /> : undefined}
      />
      <UsageFilters {...{ asked, choices, focus }} currencies={usage.currencies} currency={usage.currency} />
      <UsageExplorer {...{ usage, tagKey, base }} by={asked.by} />
      {projects.length > 0 ? (
        <Card title={t('project:title')} className="mt-6" isFlush>
          <ProjectTable projects={projects} pathOf={(id) => `${base}?project=${id}`} />
        </Card>
      ) : null}
    </>
  )
}
