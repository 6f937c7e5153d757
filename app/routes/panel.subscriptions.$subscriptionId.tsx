import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { isSubscriptionInScope } from '#app/reports/subscriptions/list.server.ts'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { SubscriptionPage } from '#app/ui/subscriptions/subscription-page.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { doSubscriptionDeed } from '#app/web/desks/subscription-deed.server.ts'
import { changeInAddress, DeedForm } from '#app/web/desks/subscription-form.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { readSubscriptionPage } from './office.subscriptions.$subscriptionId/read-page.server.ts'

const chosenBy = 'buyer'

/** The subscription named in the address, when it is the reader's own: prices are then read with the seller's rights. */
async function ownSubscription(request: Request, id: string | undefined, permission: 'subscription:read' | 'subscription:write') {
  const subscriptionId = orNotFound(isUuid(id) ? id : null)
  return asCustomer(request, permission, async (ctx, { can }) => {
    orNotFound((await isSubscriptionInScope(ctx, subscriptionId)) ? subscriptionId : null)
    return { subscriptionId, canWrite: can('subscription:write') }
  })
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { subscriptionId, canWrite } = await ownSubscription(request, params.subscriptionId, 'subscription:read')
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { typed, chosen } = changeInAddress(filterOf(request))
  const page = await asSeller(request, (ctx) =>
    readSubscriptionPage(ctx, { subscriptionId, language, zone: tenant.timeZone, chosenBy, canWrite, chosen }),
  )
  const { changes } = page.detail
  // Why a level above refused, and which book has the prices, is nothing a customer hears of.
  const shown = changes.map((change) => ({ ...change, failure: null, product: change.kind === 'prices' ? null : change.product }))
  const detail = { ...page.detail, changes: shown, pinned: null }
  return { ...page, detail, typed, title: titleOf(detail.name, brandOf(tenant).pack.name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { subscriptionId } = await ownSubscription(request, params.subscriptionId, 'subscription:write')
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ problem: 'invalid' as const }, { status: 422 })
  const result = await asSeller(request, (ctx) => doSubscriptionDeed(ctx, { subscriptionId, form: form.value, chosenBy }))
  return result.ok ? data({ done: form.value.deed }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Subscription() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('subscription')
  const servers = page.detail.servers.map(({ id, name }) => (
    <TextLink key={id} to={`/panel/servers/${id}`} className="me-2">
      <bdi>{name}</bdi>
    </TextLink>
  ))
  return (
    <SubscriptionPage
      {...page}
      subscription={page.detail}
      answer={answer}
      listPath="/panel/subscriptions"
      isBuyer
      facts={servers.length > 0 ? [{ label: t('servers'), value: servers }] : []}
    />
  )
}
