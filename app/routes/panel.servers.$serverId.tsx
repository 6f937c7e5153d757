import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Outlet, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readServer } from '#app/reports/servers/query.server.ts'
import { requestServerAction } from '#app/services/servers/request-server-action.server.ts'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ServerActions } from '#app/ui/cloud/server-actions.tsx'
import { ServerStateView } from '#app/ui/cloud/server-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Tabs } from '#app/ui/tables/tabs.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { capabilitiesFor } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** What asks nothing first, and what the page of the danger asks about itself; the rest is the power page's. */
const ActionForm = z.object({
  action: z.enum(['start', 'destroy']),
  confirmedName: z.string().trim().max(100).optional(),
})
const problemStatus = {
  'server-not-found': 404,
  'action-not-possible': 409,
  'action-pending': 409,
  'name-not-confirmed': 422,
  'server-suspended': 409,
} as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    server: orNotFound(await readServer(ctx, serverId, language)),
    maySeeSubscription: can('subscription:read'),
    mayAsk: can('ticket:write'),
  }))
  const { server } = page
  const isThere = server.isManaged && server.state !== 'deleted' && server.state !== 'failed'
  return {
    ...page,
    capabilities: isThere ? await capabilitiesFor(tenant.tenantId) : [],
    title: titleOf(server.name, brandOf(tenant).pack.name),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const resourceId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const form = await parseForm(request, ActionForm)
  if (!form.ok) return data({ problem: 'action-not-possible' as const }, { status: 422 })

  const result = await asCustomer(request, 'server:write', (ctx, { session }) =>
    requestServerAction(ctx, { resourceId, ...form.value, userName: session.user.name }),
  )
  if (!result.ok) return data({ problem: result.error }, { status: problemStatus[result.error] })
  return redirectWithToast(request, `/panel/servers/${resourceId}`, `server.${form.value.action}`)
}

/** What a cloud must offer for a tab to have something in it. */
const offeredBy = {
  graphs: ['metrics'],
  console: ['console'],
  network: ['addresses', 'reverse-dns', 'networks'],
  firewall: ['firewall'],
  backups: ['backups'],
  volumes: ['volumes'],
} as const

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Server() {
  const { server, capabilities, maySeeSubscription, mayAsk } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['panel', 'cloud', 'common', 'project', 'ticket'])
  useRefreshWhile(server.state === 'building' || server.pendingAction !== null)
  const base = `/panel/servers/${server.id}`
  const cloudTabs = (['graphs', 'console', 'network', 'firewall', 'backups', 'volumes', 'resize'] as const).filter((tab) =>
    tab === 'resize'
      ? capabilities.includes('resize') && maySeeSubscription && server.subscriptionId !== null
      : capabilities.some((capability) => (offeredBy[tab] as readonly string[]).includes(capability)),
  )
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.servers'), to: '/panel/servers' }]}
        title={server.name}
        beside={<ServerStateView state={server.state} />}
        below={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <PublicId id={server.publicId} isShort />
            {mayAsk ? <TextLink to={`/panel/tickets/new?about=server:${server.id}`}>{t('ticket:helpWithServer')}</TextLink> : null}
          </span>
        }
        actions={<ServerActions serverId={server.id} actions={server.actions} pendingAction={server.pendingAction} actionPath={base} />}
        facts={[
          { label: t('server.address'), value: server.address ? <PublicId id={server.address} /> : '–' },
          { label: t('common:server.plan'), value: server.planName },
          { label: t('common:server.location'), value: server.location },
          ...(server.projectName ? [{ label: t('common:server.project'), value: server.projectName }] : []),
          { label: t('common:server.costSoFar'), value: <Money amount={server.costSoFar} /> },
          ...(server.monthlyCap ? [{ label: t('common:server.monthlyCap'), value: <Money amount={server.monthlyCap} /> }] : []),
        ]}
      />
      {answer ? (
        <div className="mb-6">
          <Notice tone="critical">{t(`server.problem.${answer.problem}`)}</Notice>
        </div>
      ) : null}
      {server.state === 'stopped' ? (
        <div className="mb-6">
          <Notice tone="info">{t('server.stoppedCosts')}</Notice>
        </div>
      ) : null}
      <Tabs
        label={t('server.tabs.label')}
        tabs={[
          { to: base, label: t('server.tabs.overview'), isEnd: true },
          ...cloudTabs.map((tab) => ({ to: `${base}/${tab}`, label: t(`cloud:tabs.${tab}`) })),
          { to: `${base}/project`, label: t('project:place.tab') },
          { to: `${base}/activity`, label: t('server.tabs.activity') },
          { to: `${base}/billing`, label: t('cloud:tabs.billing') },
          ...(server.actions.includes('destroy') ? [{ to: `${base}/delete`, label: t('cloud:tabs.danger') }] : []),
        ]}
      />
      <Outlet context={server} />
    </>
  )
}
