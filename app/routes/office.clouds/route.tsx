import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listClouds } from '#app/reports/clouds/query.server.ts'
import { requestSync } from '#app/services/usage/request-sync.server.ts'
import { Card } from '#app/ui/card.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { uuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { refuse } from '#app/web/refuse.server.ts'
import { CloudCard } from './cloud-card.tsx'

const FetchForm = z.object({ cloudConnectionId: uuid })
const problemStatus = { 'cloud-not-found': 404, 'cloud-without-metering': 409 } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const { clouds, maySync } = await asStaff(request, 'cloud:read', async (ctx, { can }) => ({
    clouds: await listClouds(ctx),
    maySync: can('cloud:write'),
  }))
  return { clouds, maySync, title: await pageTitle(request, 'office', 'nav.cloudConnections') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, FetchForm)
  if (!form.ok) throw refuse(400, 'invalid-deed')

  const result = await asStaff(request, 'cloud:write', (ctx) => requestSync(ctx, form.value))
  if (!result.ok) return data({ problem: result.error }, { status: problemStatus[result.error] })
  return data({ requested: true as const })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Clouds() {
  const { clouds, maySync } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  // A fetch that was asked for, or is on its way to its charges, shows up without a reload.
  const isRequested = Boolean(answer && 'requested' in answer)
  useRefreshWhile(isRequested || clouds.some(({ deliveries: [latest] }) => latest && latest.state !== 'rated'), 4_000)
  return (
    <>
      <PageHeader title={t('nav.cloudConnections')} below={<span className="block max-w-prose">{t('clouds.lead')}</span>} />
      <div className="grid gap-6">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`clouds.problem.${answer.problem}`)}</Notice> : null}
        {isRequested ? <Notice tone="positive">{t('clouds.requested')}</Notice> : null}
        {clouds.map((cloud) => (
          <CloudCard key={cloud.id} cloud={cloud} maySync={maySync} />
        ))}
        {clouds.length === 0 ? (
          <Card isFlush>
            <EmptyState title={t('clouds.none')}>{t('clouds.noneText')}</EmptyState>
          </Card>
        ) : null}
      </div>
    </>
  )
}
