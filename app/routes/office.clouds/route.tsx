import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listClouds } from '#app/reports/clouds/query.server.ts'
import type { CloudView } from '#app/reports/clouds/shape.ts'
import { requestSync } from '#app/services/usage/request-sync.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { CloudCard } from './cloud-card.tsx'

const FetchForm = z.object({ cloudConnectionId: uuid })
const awaitAtMostMs = 600_000
const problemStatus = { 'cloud-not-found': 404, 'cloud-without-metering': 409 } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const requested = z.iso.datetime().safeParse(filterOf(request).get('requested')).data
  const facts = await asStaff(request, 'cloud:read', async (ctx, { can }) => {
    const clouds = await listClouds(ctx)
    return {
      clouds,
      maySync: can('cloud:write'),
      mayPrice: can('catalog:write'),
      isAwaited: requested !== undefined && isAwaited({ clouds, requestedTo: new Date(requested), now: ctx.now }),
    }
  })
  return { ...facts, title: await pageTitle(request, 'office', 'clouds.title') }
}

type Awaited = { clouds: readonly CloudView[]; requestedTo: Date; now: Date }

/** Whether a fetch that was asked for a moment ago, up to `requestedTo`, has not shown up yet. */
function isAwaited({ clouds, requestedTo, now }: Awaited): boolean {
  if (Math.abs(now.getTime() - requestedTo.getTime()) > awaitAtMostMs) return false
  return !clouds.some(({ deliveries }) => deliveries.some(({ span }) => span?.to.getTime() === requestedTo.getTime()))
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, FetchForm)
  if (!form.ok) throw refuse(400, 'invalid-deed')

  const result = await asStaff(request, 'cloud:write', (ctx) => requestSync(ctx, form.value))
  if (!result.ok) return data({ problem: result.error }, { status: problemStatus[result.error] })
  return redirect(`/office/clouds?requested=${result.value.to.toISOString()}`)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Clouds() {
  const { clouds, maySync, mayPrice, isAwaited } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  useRefreshWhile(isAwaited || clouds.some(({ deliveries: [latest] }) => latest && latest.state !== 'rated'), 4_000)
  return (
    <>
      <PageHeader
        title={t('clouds.title')}
        below={<span className="block max-w-prose">{t('clouds.lead')}</span>}
        actions={
          mayPrice ? (
            <ButtonLink to="/office/clouds/tariffs" look="secondary">
              {t('tariffs.title')}
            </ButtonLink>
          ) : null
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {answer ? <Notice tone="critical">{t(`clouds.problem.${answer.problem}`)}</Notice> : null}
        {isAwaited ? <Notice tone="positive">{t('clouds.requested')}</Notice> : null}
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
