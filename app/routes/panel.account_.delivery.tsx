import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDeliverySettings } from '#app/reports/deliveries/query.server.ts'
import { DeliverySettingsView } from '#app/ui/documents/delivery-settings.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { doDeliveryDeed } from '#app/web/desks/delivery-deeds.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const settings = await asCustomer(request, 'delivery:write', (ctx, { accountId }) => readDeliverySettings(ctx, accountId))
  return { settings: orNotFound(settings), title: await pageTitle(request, 'delivery', 'settings') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'delivery:write')
  return doDeliveryDeed(request, { accountId, path: '/panel/account/delivery', run: (work) => asCustomer(request, 'delivery:write', work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnDelivery() {
  const { settings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('settings')} below={t('lead')} />
      <DeliverySettingsView settings={settings} answer={answer} />
    </>
  )
}
