import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { SubscriptionPage } from '#app/ui/subscriptions/subscription-page.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { doSubscriptionDeed } from '#app/web/desks/subscription-deed.server.ts'
import { changeInAddress, DeedForm } from '#app/web/desks/subscription-form.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { readSubscriptionPage } from './read-page.server.ts'

const chosenBy = 'seller'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const subscriptionId = orNotFound(isUuid(params.subscriptionId) ? params.subscriptionId : null)
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { typed, chosen } = changeInAddress(filterOf(request))
  const page = await asStaff(request, 'subscription:read', (ctx, { can }) =>
    readSubscriptionPage(ctx, { subscriptionId, language, zone: tenant.timeZone, chosenBy, canWrite: can('subscription:write'), chosen }),
  )
  return { ...page, typed, title: titleOf(page.detail.name, brandOf(tenant).pack.name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const subscriptionId = orNotFound(isUuid(params.subscriptionId) ? params.subscriptionId : null)
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ problem: 'invalid' as const }, { status: 422 })
  const result = await asStaff(request, 'subscription:write', (ctx) =>
    doSubscriptionDeed(ctx, { subscriptionId, form: form.value, chosenBy }),
  )
  return result.ok ? data({ done: form.value.deed }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Subscription() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('subscription')
  const { detail } = page
  return (
    <SubscriptionPage
      {...page}
      subscription={detail}
      answer={answer}
      listPath="/office/subscriptions"
      isBuyer={false}
      facts={[
        {
          label: t('account'),
          value: <TextLink to={`/office/accounts/${detail.accountId}`}>{detail.accountName}</TextLink>,
        },
        { label: t('prices'), value: detail.pinned ? t('pinned', detail.pinned) : t('newest') },
      ]}
    />
  )
}
