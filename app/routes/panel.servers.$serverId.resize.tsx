import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readServer } from '#app/reports/servers/query.server.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select } from '#app/ui/forms/field.tsx'
import { SubscriptionPreview } from '#app/ui/subscriptions/subscription-preview.tsx'
import { cloudWith } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { readSubscriptionPage } from './office.subscriptions.$subscriptionId/read-page.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'resize')
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const { subscriptionId, canWrite } = await asCustomer(request, 'subscription:read', async (ctx, { can }) => ({
    subscriptionId: orNotFound((await readServer(ctx, serverId, language))?.subscriptionId),
    canWrite: can('subscription:write'),
  }))
  const productId = idOf(filterOf(request).get('plan'))
  const chosen = productId ? { change: { kind: 'plan' as const, productId }, when: 'now' as const } : undefined
  const page = await asSeller(request, (ctx) =>
    readSubscriptionPage(ctx, { subscriptionId, language, zone: tenant.timeZone, chosenBy: 'buyer', canWrite, chosen }),
  )
  return {
    subscriptionId,
    productId,
    mayWrite: page.mayWrite,
    preview: page.preview,
    isRefused: page.refusal !== null,
    plans: page.choices.plans.map(({ productId: id, name, price }) => ({ id, name, price })),
  }
}

export default function ServerResize() {
  const { plans, productId, preview, isRefused, mayWrite, subscriptionId } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['cloud', 'subscription'])
  const format = useFormat()
  if (plans.length === 0 || !mayWrite) {
    return (
      <Card isFlush>
        <EmptyState title={t('resize.none')}>{t(mayWrite ? 'resize.noneText' : 'forbidden')}</EmptyState>
      </Card>
    )
  }
  return (
    <div className="grid max-w-3xl gap-6">
      <Card id="resize" title={t('resize.title')}>
        <Form method="get" className="grid gap-5">
          <Select name="plan" label={t('resize.plan')} help={t('resize.help')} defaultValue={productId ?? ''} required>
            {plans.map(({ id, name, price }) => (
              <option key={id} value={id} suppressHydrationWarning>
                {price ? t('subscription:choose.priced', { name, price: format.money(price) }) : name}
              </option>
            ))}
          </Select>
          <div className="flex flex-wrap items-center gap-4">
            <Button look="secondary">{t('resize.show')}</Button>
            <TextLink to={`/panel/subscriptions/${subscriptionId}`}>{t('resize.subscription')}</TextLink>
          </div>
        </Form>
      </Card>
      {isRefused ? <Notice tone="warning">{t('resize.refused')}</Notice> : null}
      {preview && productId ? (
        <SubscriptionPreview
          preview={preview}
          fields={{ change: `plan:${productId}`, when: 'now' }}
          path={`/panel/subscriptions/${subscriptionId}`}
          mayPropose={false}
        />
      ) : null}
    </div>
  )
}
