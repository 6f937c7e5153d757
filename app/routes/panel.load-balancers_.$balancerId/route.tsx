import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listServerChoices, readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { AlgorithmSelect } from '#app/ui/cloud/algorithm-select.tsx'
import { ThingStateView } from '#app/ui/cloud/thing-state.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { MemberServers } from '#app/ui/people/member-servers.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { healthyServers } from '#app/web/desks/balancer-health.server.ts'
import { cloudWith, type DeedAnswer, deedNamed, doPlainDeed, hourPriceFor, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { changeBalancing } from './deeds.server.ts'
import { Rules } from './rules.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const cloud = await cloudWith(request, 'load-balancers')
  const id = orNotFound(isUuid(params.balancerId) ? params.balancerId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const balancer = orNotFound(await readThing(ctx, { kind: 'load-balancer', id }))
    return { balancer, servers: await listServerChoices(ctx, balancer), mayWrite: can('server:write') }
  })
  const { balancer, servers, mayWrite } = page
  const { location, accountId, name, spec } = balancer
  const healthy = await healthyServers((look) => asCustomer(request, 'server:read', look), { cloud, id })
  return {
    balancer,
    mayWrite,
    members: servers
      .filter((server) => spec.serverIds.includes(server.id))
      .map((server) => ({ ...server, isHealthy: healthy?.includes(server.id) ?? null })),
    others: servers.filter((server) => !spec.serverIds.includes(server.id)),
    price: await hourPriceFor(request, { meter: 'load-balancer', location, accountId }),
    formKey: newFormKey(),
    title: titleOf(name, brandOf(await tenantOf(request)).pack.name),
  }
}

const deeds = ['set-load-balancer', 'join-load-balancer', 'leave-load-balancer', 'delete-load-balancer'] as const

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.balancerId) ? params.balancerId : null)
  const kind = deedNamed(request, deeds)
  if (kind === 'set-load-balancer') return changeBalancing(request, subjectId)
  const to = kind === 'delete-load-balancer' ? '/panel/load-balancers' : `/panel/load-balancers/${subjectId}`
  return doPlainDeed(request, { kind, subjectId, to: () => to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LoadBalancer() {
  const { balancer, members, others, price, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(answer)
  const isMoving = balancer.state === 'building' || balancer.pendingAction !== null
  useRefreshWhile(isMoving)
  const mayChange = mayWrite && !isMoving
  const isReady = balancer.state === 'ready'
  const health = (isHealthy: boolean | null) => t(`balancers.health.${isHealthy === null ? 'unknown' : isHealthy ? 'up' : 'down'}`)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('balancers.title'), to: '/panel/load-balancers' }]}
        title={<bdi>{balancer.name}</bdi>}
        beside={<ThingStateView {...balancer} />}
        facts={[
          ...(balancer.address ? [{ label: t('address'), value: <PublicId id={balancer.address} /> }] : []),
          { label: t('location'), value: balancer.place },
          { label: t('balancers.algorithm'), value: t(`balancers.by.${balancer.spec.algorithm}`) },
          { label: t('thisMonth'), value: <Money amount={balancer.costSoFar} /> },
          ...(price ? [{ label: t('perHour'), value: <Rate rate={price.hourly} currency={price.currency} /> }] : []),
        ]}
      />
      <DeedNotice answer={answer} last={balancer.problem} />
      <div className="grid grid-cols-1 gap-6">
        <Rules rules={balancer.spec.rules} mayChange={mayChange && isReady} {...{ formKey, typed, error }} />
        <MemberServers
          title={t('networks.servers')}
          members={members}
          others={isReady ? others : []}
          facts={[{ key: 'health', head: t('balancers.health.title'), cell: ({ isHealthy }) => health(isHealthy) }]}
          join={{ deed: 'join-load-balancer', label: t('balancers.join') }}
          leave={{ deed: 'leave-load-balancer', label: t('remove') }}
          typed={typed('serverId')}
          error={error('serverId')}
          {...{ formKey, mayChange }}
          empty={<EmptyState title={t('balancers.empty')}>{t('networks.emptyText')}</EmptyState>}
        />
        {mayChange ? <BalancerDeeds isReady={isReady} /> : null}
      </div>
    </>
  )
}

function BalancerDeeds({ isReady }: { isReady: boolean }) {
  const { balancer, formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  return (
    <div className="grid max-w-2xl gap-6">
      {isReady ? (
        <Card title={t('balancers.algorithm')}>
          <DeedForm deed="set-load-balancer" formKey={formKey} className="flex flex-wrap items-end gap-4">
            <AlgorithmSelect defaultValue={balancer.spec.algorithm} />
            <SubmitButton look="secondary">{t('save')}</SubmitButton>
          </DeedForm>
        </Card>
      ) : null}
      <Card title={t('balancers.delete')}>
        <DeedForm deed="delete-load-balancer" formKey={formKey} className="grid gap-4">
          <p className="text-sm text-muted">{t('balancers.deleteText')}</p>
          <div>
            <SubmitButton look="danger">{t('balancers.delete')}</SubmitButton>
          </div>
        </DeedForm>
      </Card>
    </div>
  )
}
