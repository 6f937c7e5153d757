import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listGateways } from '#app/reports/gateways/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useGatewayTitle } from '#app/ui/payments/gateway-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = await asStaff(request, 'settings:write', listGateways)
  return { accounts, title: await pageTitle(request, 'office', 'gateway.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Gateways() {
  const { accounts } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const title = useGatewayTitle()
  return (
    <>
      <PageHeader title={t('gateway.title')} below={t('gateway.lead')} />
      <div className="grid gap-6">
        <Card id="gateways" title={t('gateway.accounts')} isFlush>
          <Table
            caption={t('gateway.accounts')}
            rows={accounts}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('gateway.none')}>{t('gateway.noneText')}</EmptyState>}
            columns={[
              {
                key: 'name',
                head: t('gateway.field.name'),
                isPrimary: true,
                isLong: true,
                cell: ({ id, name }) => <TextLink to={`/office/settings/gateways/${id}`}>{name}</TextLink>,
              },
              { key: 'gateway', head: t('gateway.gateway'), cell: ({ gateway }) => title(gateway) },
              {
                key: 'mode',
                head: t('gateway.field.mode'),
                cell: ({ mode }) => <State tone={mode === 'live' ? 'positive' : 'warning'}>{t(`gateway.mode.${mode}`)}</State>,
              },
              {
                key: 'state',
                head: t('gateway.inUse'),
                cell: ({ state }) => <State tone={state === 'active' ? 'positive' : 'neutral'}>{t(`gateway.state.${state}`)}</State>,
              },
            ]}
          />
        </Card>
        <Card id="connect" title={t('gateway.connect')}>
          <ul className="flex flex-wrap gap-x-6 gap-y-3">
            {(['stripe', 'paypal', 'sandbox'] as const).map((gateway) => (
              <li key={gateway}>
                <TextLink to={`/office/settings/gateways/new?gateway=${gateway}`}>{title(gateway)}</TextLink>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}
