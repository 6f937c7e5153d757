import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { gatewayHost, readGateway } from '#app/reports/gateways/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type GatewayAnswer, GatewayFields, GatewayWebhook, useGatewayTitle } from '#app/ui/payments/gateway-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { changeGatewayAccount, webhookAddress } from '#app/web/desks/gateway-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.gatewayAccountId) ? params.gatewayAccountId : null)
  const { account, host } = await asStaff(request, 'settings:write', async (ctx) => ({
    account: orNotFound(await readGateway(ctx, id)),
    host: await gatewayHost(ctx),
  }))
  const url = webhookAddress(host, account.gateway)
  return { account, url, title: await pageTitle(request, 'office', 'gateway.title') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return changeGatewayAccount(request, orNotFound(isUuid(params.gatewayAccountId) ? params.gatewayAccountId : null))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Gateway() {
  const { account, url } = useLoaderData<typeof loader>()
  const answer: GatewayAnswer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const title = useGatewayTitle()
  const { gateway, mode, state, externalId } = account
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('gateway.title'), to: '/office/settings/gateways' }]}
        title={account.name}
        beside={<State tone={mode === 'live' ? 'positive' : 'warning'}>{t(`gateway.mode.${mode}`)}</State>}
        below={
          <>
            {title(gateway)}{' '}
            <bdi dir="ltr" className="break-all">
              {externalId}
            </bdi>
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <Card id="account" title={t('gateway.account')}>
          <Form method="post" className="grid gap-5">
            <FormToken />
            <GatewayFields gateway={gateway} kept={account} answer={answer} />
            <div>
              <SubmitButton name="deed" value="change">
                {t('gateway.save')}
              </SubmitButton>
            </div>
          </Form>
        </Card>
        <div className="grid gap-6">
          <Card
            id="use"
            title={t('gateway.inUse')}
            aside={<State tone={state === 'active' ? 'positive' : 'neutral'}>{t(`gateway.state.${state}`)}</State>}
          >
            <Form method="post" className="grid gap-4">
              <FormToken />
              {answer?.isWorking ? <Notice tone="positive">{t('gateway.working')}</Notice> : null}
              <p className="text-sm text-muted">{t('gateway.useText')}</p>
              <div className="flex flex-wrap gap-3">
                <SubmitButton name="deed" value="test">
                  {t('gateway.test')}
                </SubmitButton>
                <SubmitButton name="deed" value={state === 'active' ? 'off' : 'on'}>
                  {t(state === 'active' ? 'gateway.switchOff' : 'gateway.switchOn')}
                </SubmitButton>
              </div>
            </Form>
          </Card>
          <Card id="webhook" title={t('gateway.webhook')}>
            <GatewayWebhook gateway={gateway} url={url} />
          </Card>
        </div>
      </div>
    </>
  )
}
