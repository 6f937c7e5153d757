import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listServerChoices, readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/card.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/deed-form.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { MemberServers } from '#app/ui/member-servers.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ThingStateView } from '#app/ui/thing-state.tsx'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { cloudWith, deedNamed, doPlainDeed, newFormKey } from '#app/web/cloud-desk.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'networks')
  const id = orNotFound(isUuid(params.networkId) ? params.networkId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const network = orNotFound(await readThing(ctx, { kind: 'network', id }))
    return { network, servers: await listServerChoices(ctx, network), mayWrite: can('server:write') }
  })
  const { serverIds } = page.network.spec
  return {
    ...page,
    members: page.servers.filter((server) => serverIds.includes(server.id)),
    others: page.servers.filter((server) => !serverIds.includes(server.id)),
    ...{ formKey: newFormKey(), title: titleOf(page.network.name, brandOf(await tenantOf(request)).pack.name) },
  }
}

const deeds = ['join-network', 'leave-network', 'delete-network'] as const

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.networkId) ? params.networkId : null)
  const kind = deedNamed(request, deeds)
  const to = kind === 'delete-network' ? '/panel/networks' : `/panel/networks/${subjectId}`
  return doPlainDeed(request, { kind, subjectId, to: () => to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Network() {
  const { network, members, others, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(answer)
  const isMoving = network.state === 'building' || network.pendingAction !== null
  useRefreshWhile(isMoving)
  const mayChange = mayWrite && !isMoving
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('networks.title'), to: '/panel/networks' }]}
        title={<bdi>{network.name}</bdi>}
        beside={<ThingStateView {...network} />}
        facts={[
          { label: t('range'), value: <bdi dir="ltr">{network.spec.range}</bdi> },
          { label: t('location'), value: network.place },
        ]}
      />
      <DeedNotice answer={answer} last={network.problem} />
      <div className="grid gap-6">
        <MemberServers
          title={t('networks.servers')}
          members={members}
          others={network.state === 'ready' ? others : []}
          join={{ deed: 'join-network', label: t('network.join') }}
          leave={{ deed: 'leave-network', label: t('network.leave') }}
          formKey={formKey}
          mayChange={mayChange}
          typed={typed('serverId')}
          error={error('serverId')}
          empty={<EmptyState title={t('networks.empty')}>{t('networks.emptyText')}</EmptyState>}
        />
        {mayChange && network.spec.serverIds.length === 0 ? (
          <Card title={t('networks.delete')} className="max-w-2xl">
            <DeedForm deed="delete-network" formKey={formKey}>
              <SubmitButton look="danger">{t('networks.delete')}</SubmitButton>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
