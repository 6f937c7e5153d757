import { createHash, randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readStoreQuote, toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { type PlaceOrderError, placeOrder } from '#app/services/orders/place-order.server.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { customerOf } from '#app/web/as-customer.server.ts'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { line, uuid } from '#app/web/form-fields.ts'
import { quoteForReader } from '#app/web/order-quote.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { chosenOf } from './chosen.ts'
import { Configurator } from './configurator.tsx'

const OrderForm = z.object({
  plan: line(60),
  location: line(60),
  image: line(60),
  name: z
    .string('required')
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'server-name'),
  sshKey: z.string().trim().max(2_000, 'ssh-key').optional(),
  idempotencyKey: uuid,
  terms: z.literal('on', 'terms'),
  promoCode: z.string().trim().max(200, 'too-long').optional(),
})

/** Without scripts a button asks for the prices of another choice. */
const ChoiceForm = OrderForm.pick({ plan: true, location: true, image: true }).extend({
  deed: z.literal('quote'),
  name: z.string().max(63).optional(),
})

/** At which field a refusal is said; the others stand above the form. */
const fieldOf: Partial<Record<PlaceOrderError, { field: string; code: string }>> = {
  'plan-not-found': { field: 'plan', code: 'not-offered' },
  'location-not-offered': { field: 'location', code: 'not-offered' },
  'image-not-offered': { field: 'image', code: 'not-offered' },
  'malformed-name': { field: 'name', code: 'server-name' },
  'malformed-ssh-key': { field: 'sshKey', code: 'ssh-key' },
  'code-not-valid': { field: 'promoCode', code: 'code-not-valid' },
  'code-not-combinable': { field: 'promoCode', code: 'code-not-combinable' },
  'too-many-tries': { field: 'promoCode', code: 'too-many-tries' },
}

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, language))
  const chosen = catalog && chosenOf(catalog, new URL(request.url).searchParams)
  const own = chosen && (await quoteForReader(request, chosen.plan.code))
  const quote = own ? toOrderQuote(own) : chosen && (await asVisitor(request, (ctx) => readStoreQuote(ctx, { planCode: chosen.plan.code })))
  const viewer = await viewerOf(request)
  return { catalog, quote: quote ?? null, viewer, idempotencyKey: randomUUID(), title: await pageTitle(request, 'store', 'order.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const choice = await parseForm(request.clone(), ChoiceForm)
  if (choice.ok) {
    const { deed: _deed, ...chosen } = choice.value
    return redirect(`/order?${new URLSearchParams(Object.entries(chosen).filter(([, value]) => value))}`)
  }
  const customer = await customerOf(request, 'order:write')
  const form = await parseForm(request, OrderForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  if (!customer.session.user.isEmailConfirmed) return data({ problem: 'email-unconfirmed' as const, values: form.value }, { status: 403 })

  const { plan, location, image, name, sshKey, idempotencyKey, promoCode = '' } = form.value
  const result = await placeOrder({
    tenantId: customer.tenantId,
    accountIds: customer.membership.accountIds,
    accountId: customer.accountId,
    actor: customer.actor,
    planCode: plan,
    locationCode: location,
    imageCode: image,
    name,
    sshKey: sshKey || undefined,
    idempotencyKey,
    promoCodes: promoCode.split(/[\s,]+/).filter(Boolean),
    addressHash: createHash('sha256')
      .update(`${customer.tenantId} ${request.headers.get('x-client-address') ?? ''}`)
      .digest('hex'),
  })
  if (result.ok) return redirect(`/order/${result.value.orderId}`)

  const at = fieldOf[result.error]
  if (at) return data({ fields: { [at.field]: at.code }, values: form.value }, { status: 422 })
  return data({ problem: result.error, values: form.value }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Order() {
  const { t } = useTranslation('store')
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('order.title')}</h1>
      {page.catalog && page.catalog.plans.length > 0 && page.quote ? (
        <Configurator catalog={page.catalog} quote={page.quote} viewer={page.viewer} idempotencyKey={page.idempotencyKey} answer={answer} />
      ) : (
        <EmptyState title={t('plans.none')}>{t('order.nothing')}</EmptyState>
      )}
    </main>
  )
}
