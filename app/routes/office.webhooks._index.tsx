import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listEndpoints } from '#app/reports/webhooks/query.server.ts'
import { WebhookList } from '#app/ui/desk/webhook-list.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addWebhook } from '#app/web/desks/webhook-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const endpoints = await asStaff(request, 'settings:write', (ctx) => listEndpoints(ctx, null))
  return { endpoints, title: await pageTitle(request, 'delivery', 'webhook.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return addWebhook(request, { accountId: null, run: (work) => asStaff(request, 'settings:write', work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Webhooks() {
  const { endpoints } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('delivery')
  return (
    <>
      <PageHeader title={t('webhook.title')} below={t('webhook.lead')} />
      <WebhookList endpoints={endpoints} path="/office/webhooks" hasOwners={true} answer={answer} />
    </>
  )
}
