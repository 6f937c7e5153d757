import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listEndpoints } from '#app/reports/webhooks/query.server.ts'
import { WebhookList } from '#app/ui/desk/webhook-list.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addWebhook } from '#app/web/desks/webhook-deeds.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const endpoints = await asCustomer(request, 'webhook:write', (ctx, { accountId }) => listEndpoints(ctx, accountId))
  return { endpoints, title: await pageTitle(request, 'delivery', 'webhook.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'webhook:write')
  return addWebhook(request, { accountId: accountId, run: (work) => asCustomer(request, 'webhook:write', work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnWebhooks() {
  const { endpoints } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('webhook.title')} below={t('webhook.lead')} />
      <WebhookList endpoints={endpoints} path="/panel/account/webhooks" hasOwners={false} answer={answer} />
    </>
  )
}
