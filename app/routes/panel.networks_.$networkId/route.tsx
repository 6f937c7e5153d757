import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { deedTerms } from '#app/domain/cloud/deeds.ts'
import { listServerChoices, readThing } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { ToldOnce } from '#app/ui/base/told-once.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ThingStateView } from '#app/ui/cloud/thing-state.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { MemberServers } from '#app/ui/people/member-servers.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { cloudWith, type DeedAnswer, deedNamed, doPlainDeed, hourPriceFor, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { tellOnce } from '#app/web/request/told-once.server.ts'
import { VpnCard } from './vpn-card.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { capabilities } = await cloudWith(request, 'networks')
  const id = orNotFound(isUuid(params.networkId) ? params.networkId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => {
    const network = orNotFound(await readThing(ctx, { kind: 'network', id }))
    return { network, servers: await listServerChoices(ctx, network), mayWrite: can('server:write') }
  })
  const { serverIds, vpn } = page.network.spec
  const { location, accountId } = page.network
  const price = capabilities.includes('vpn') ? await hourPriceFor(request, { meter: 'vpn-user', location, accountId }) : null
  return {
    ...page,
    price,
    hasVpn: vpn !== null || price !== null,
    members: page.servers.filter((server) => serverIds.includes(server.id)),
    others: page.servers.filter((server) => !serverIds.includes(server.id)),
    formKey: newFormKey(),
    title: titleOf(page.network.name, brandOf(await tenantOf(request)).pack.name),
  }
}

const deeds = [
  ...(['join-network', 'leave-network', 'delete-network'] as const),
  ...(['open-vpn', 'renew-vpn-key', 'close-vpn', 'add-vpn-user', 'renew-vpn-password', 'revoke-vpn-user'] as const),
]

export async function action({ request, params }: ActionFunctionArgs) {
  const subjectId = orNotFound(isUuid(params.networkId) ? params.networkId : null)
  const kind = deedNamed(request, deeds)
  const to = kind === 'delete-network' ? '/panel/networks' : `/panel/networks/${subjectId}`
  if (deedTerms[kind].hasSecret) return tellOnce(request, { kind, subjectId, to })
  return doPlainDeed(request, { kind, subjectId, to: () => to })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Network() {
  const { network, members, others, mayWrite, formKey, price, hasVpn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
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
          ...(network.spec.vpn ? [{ label: t('thisMonth'), value: <Money amount={network.costSoFar} /> }] : []),
        ]}
      />
      <DeedNotice answer={answer} last={network.problem} />
      <ToldOnce told={answer?.told} />
      <div className="grid grid-cols-1 gap-6">
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
        {hasVpn && network.state === 'ready' ? (
          <VpnCard vpn={network.spec.vpn} price={price} mayChange={mayChange} {...{ formKey, typed, error }} />
        ) : null}
        {mayChange && network.spec.serverIds.length === 0 ? (
          <Card title={t('networks.delete')} className="max-w-2xl">
            <DeedForm deed="delete-network" formKey={formKey} className="grid gap-4">
              {network.spec.vpn ? <p className="text-sm text-muted">{t('vpn.endsWithNetwork')}</p> : null}
              <div>
                <SubmitButton look="danger">{t('networks.delete')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
