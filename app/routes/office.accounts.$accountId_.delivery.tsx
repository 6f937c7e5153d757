import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDeliverySettings } from '#app/reports/deliveries/query.server.ts'
import { DeliverySettingsView } from '#app/ui/documents/delivery-settings.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { doDeliveryDeed } from '#app/web/desks/delivery-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const settings = orNotFound(await asStaff(request, 'account:write', (ctx) => readDeliverySettings(ctx, accountId)))
  return { settings, title: await pageTitle(request, 'delivery', 'settings') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  orNotFound(await asStaff(request, 'account:write', (ctx) => readDeliverySettings(ctx, accountId)))
  return doDeliveryDeed(request, {
    accountId,
    path: `/office/accounts/${accountId}/delivery`,
    run: (work) => asStaff(request, 'account:write', work),
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountDelivery() {
  const { settings } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'office'])
  const { account } = settings
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${account.id}` },
        ]}
        title={t('settings')}
        below={t('lead')}
      />
      <DeliverySettingsView settings={settings} answer={answer} />
    </>
  )
}
