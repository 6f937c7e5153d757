import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readEndpoint, readEndpointLog } from '#app/reports/webhooks/query.server.ts'
import { EndpointState } from '#app/ui/desk/webhook-list.tsx'
import { WebhookPage } from '#app/ui/desk/webhook-page.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { changeWebhook } from '#app/web/desks/webhook-deeds.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const endpointId = orNotFound(isUuid(params.endpointId) ? params.endpointId : null)
  const page = await asCustomer(request, 'webhook:write', async (ctx, { accountId }) => ({
    endpoint: orNotFound(await readEndpoint(ctx, endpointId, accountId)),
    log: await readEndpointLog(ctx, endpointId, filterOf(request).get('cursor')),
  }))
  return { ...page, title: await pageTitle(request, 'delivery', 'webhook.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const endpointId = orNotFound(isUuid(params.endpointId) ? params.endpointId : null)
  return changeWebhook(request, {
    endpointId,
    listPath: '/panel/account/webhooks',
    run: (work) => asCustomer(request, 'webhook:write', work),
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnWebhook() {
  const { endpoint, log } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('panel:nav.account'), to: '/panel/account' },
          { label: t('webhook.title'), to: '/panel/account/webhooks' },
        ]}
        title={
          <bdi dir="ltr" className="break-all">
            {endpoint.url}
          </bdi>
        }
        beside={<EndpointState endpoint={endpoint} />}
        below={<bdi dir="ltr">{endpoint.eventTypes.join(', ')}</bdi>}
      />
      <WebhookPage state={endpoint.state} log={log} answer={answer} />
    </>
  )
}
