import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { toDecimal } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listProjects } from '#app/reports/projects/query.server.ts'
import { listServers } from '#app/reports/servers/query.server.ts'
import { readUsagePicture } from '#app/reports/usage-explorer/query.server.ts'
import { archiveProject, renameProject } from '#app/services/projects/keep-project.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { BarChart } from '#app/ui/charts/bar-chart.tsx'
import { ServerTable } from '#app/ui/cloud/server-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { usageOf } from '#app/web/desks/usage-request.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { ProjectCard } from './project-card.tsx'

const ArchiveForm = z.object({ deed: z.literal('archive') })
const NameForm = z.object({ name: line(80) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const projectId = orNotFound(isUuid(params.projectId) ? params.projectId : null)
  const reader = await readerOf(request)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const project = orNotFound((await listProjects(ctx)).find(({ id }) => id === projectId))
    const asked = usageOf(new URLSearchParams(), { ...reader, today: localDateOf(ctx.now, reader.zone) })
    return {
      project,
      servers: await listServers(ctx, { projectId, page: 1, language: reader.language }),
      usage: can('usage:read') ? await readUsagePicture(ctx, { ...asked, by: 'day', projectId }) : null,
      mayWrite: can('project:write') && !project.isArchived,
    }
  })
  return { ...page, title: await pageTitle(request, 'project', 'title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const projectId = orNotFound(isUuid(params.projectId) ? params.projectId : null)
  if ((await parseForm(request.clone(), ArchiveForm)).ok) {
    await asCustomer(request, 'project:write', (ctx) => archiveProject(ctx, projectId))
    return redirectWithToast(request, '/panel/projects', 'saved')
  }
  const form = await parseForm(request, NameForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const renamed = await asCustomer(request, 'project:write', (ctx) => renameProject(ctx, { projectId, ...form.value }))
  if (!renamed.ok) return data({ fields: { name: renamed.error }, values: form.value }, { status: 422 })
  return redirectWithToast(request, `/panel/projects/${projectId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Project() {
  const { project, servers, usage, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['project', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/panel/projects' }]}
        title={project.name}
        below={<PublicId id={project.publicId} isShort />}
        facts={[
          { label: t('account'), value: project.accountName },
          { label: t('resources'), value: project.resources },
          ...project.costs.map((amount) => ({ label: t('costThisMonth'), value: <Money amount={amount} /> })),
        ]}
        actions={
          <ButtonLink to={`/panel/usage?project=${project.id}`} look="secondary">
            {t('details')}
          </ButtonLink>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {project.isArchived ? <Notice tone="info">{t('archivedText')}</Notice> : null}
        {usage && usage.groups.length > 0 ? <CostPerDay usage={usage} /> : null}
        <Card title={t('resources')} isFlush>
          <ServerTable
            caption={t('resources')}
            rows={servers.rows}
            pathOf={(id) => `/panel/servers/${id}`}
            empty={<EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>}
          />
          {servers.total > servers.rows.length ? (
            <p className="border-t border-border p-4 text-sm">
              <TextLink to={`/panel/servers?project=${project.id}`}>{t('all', { count: servers.total })}</TextLink>
            </p>
          ) : null}
        </Card>
        {mayWrite ? <ProjectCard key={project.name} name={project.name} answer={answer} /> : null}
      </div>
    </>
  )
}

type Daily = Pick<Awaited<ReturnType<typeof readUsagePicture>>, 'days' | 'total'>

function CostPerDay({ usage: { days, total } }: { usage: Daily }) {
  const { t } = useTranslation(['project', 'common'])
  const format = useFormat()
  return (
    <Card
      title={t('usage.perDay')}
      aside={
        <>
          <Money amount={total} className="font-medium text-text" /> {t('common:money.net')}
        </>
      }
    >
      <BarChart
        title={t('usage.perDay')}
        description={t('usage.chartDescription', { amount: format.money(total) })}
        points={days.map(({ day, amount }) => ({ label: format.shortDay(day), value: toDecimal(amount).toNumber() }))}
        formatValue={(value) => format.rate(value.toFixed(2), total.currency)}
        head={[t('usage.by.day'), t('usage.amount')]}
      />
    </Card>
  )
}
