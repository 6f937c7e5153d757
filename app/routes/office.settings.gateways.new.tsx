import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { gatewayHost } from '#app/reports/gateways/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type GatewayAnswer, GatewayFields, GatewayWebhook, useGatewayTitle } from '#app/ui/payments/gateway-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addGatewayAccount, webhookAddress } from '#app/web/desks/gateway-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const names = ['sandbox', 'stripe', 'paypal'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams.get('gateway')
  const gateway = names.find((name) => name === asked) ?? 'sandbox'
  const host = await asStaff(request, 'settings:write', gatewayHost)
  const url = webhookAddress(host, gateway)
  return { gateway, url, title: await pageTitle(request, 'office', 'gateway.new') }
}

export function action({ request }: ActionFunctionArgs) {
  return addGatewayAccount(request)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewGateway() {
  const { gateway, url } = useLoaderData<typeof loader>()
  const answer: GatewayAnswer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const title = useGatewayTitle()
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('gateway.title'), to: '/office/settings/gateways' }]}
        title={t('gateway.newOf', { gateway: title(gateway) })}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <Card id="account" title={t('gateway.account')}>
          <Form method="post" className="grid gap-5">
            <FormToken />
            <input type="hidden" name="gateway" value={gateway} />
            {gateway === 'sandbox' ? <Notice tone="warning">{t('gateway.sandboxText')}</Notice> : null}
            <GatewayFields gateway={gateway} answer={answer} />
            <div>
              <SubmitButton>{t('gateway.add')}</SubmitButton>
            </div>
          </Form>
        </Card>
        <Card id="webhook" title={t('gateway.webhook')}>
          <GatewayWebhook gateway={gateway} url={url} />
        </Card>
      </div>
    </>
  )
}
