import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { listSavedMethods } from '#app/reports/paying/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { deskOf } from '#app/web/pay-desk.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { signUpTask } from '#app/web/velocity.server.ts'
import { chosenOf } from '../_store.order._index/chosen.ts'
import { type CheckoutAnswer, checked, choiceOf, choiceQuery, type Step } from './answer.server.ts'
import { StepForm } from './checkout-form.server.ts'
import { CheckoutForm } from './checkout-form.tsx'
import { optionProblems, problemsOf } from './choice.server.ts'
import { commitAsGuest, commitAsMember, lookAgain } from './deeds.server.ts'
import { estimateOf } from './estimate.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { currency } = await storeCurrencyOf(request)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency }))
  const choice = choiceOf(request)
  if (!catalog || Object.keys(problemsOf(catalog, choice)).length > 0) throw redirect(`/order${checked(request)}`)
  const buyer = await buyerOf(request)
  const stated = { kind: 'personal', country: tenant.country, vatId: '' } as const
  const estimate = await estimateOf(request, { choice, stated, codes: [] })
  if (!estimate || Object.keys(optionProblems(estimate.quote, choice)).length > 0) throw redirect(`/order${checked(request)}`)
  const desk = await deskOf(request, systemActor('checkout'))
  const { firstTotal } = estimate.quote
  const chosen = chosenOf(catalog, { plan: choice.planCode, location: choice.locationCode, image: choice.imageCode })
  return {
    estimate,
    buyer: buyer && { ...buyer.profile, isConfirmed: buyer.isConfirmed },
    saved: firstTotal.minor > 0n ? (buyer?.saved ?? []) : [],
    pages: firstTotal.minor > 0n ? await offeredGateways(desk.process, firstTotal) : [],
    ordered: chosen && {
      plan: chosen.plan,
      location: chosen.location,
      image: catalog.images.find(({ code }) => code === chosen.imageCode)?.name ?? null,
      name: choice.name ?? null,
    },
    country: tenant.country,
    task: buyer ? null : await signUpTask(),
    idempotencyKey: randomUUID(),
    title: await pageTitle(request, 'store', 'checkout.title'),
  }
}

/** The customer who orders, with what it saved to pay with; null for a visitor. */
async function buyerOf(request: Request) {
  const viewer = await viewerOf(request)
  if (!viewer?.hasPanel) return null
  return asCustomer(request, 'order:write', async (ctx, { accountId, can }) => ({
    profile: await readAccountProfile(ctx, accountId, []),
    saved: can('payment:write') ? await listSavedMethods(ctx, accountId) : [],
    isConfirmed: viewer.isEmailConfirmed,
  }))
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request.clone(), StepForm)
  const step: Step = { form: form.ok ? form.value : StepForm.parse({}), stated: { kind: 'personal', country: '', vatId: '' } }
  const { deed, drop, kind, country, vatId = '' } = step.form
  const stated = { kind: kind ?? 'personal', country: country ?? (await tenantOf(request)).country, vatId } as const
  if (deed === 'sign-in') return redirect(`/sign-in?returnTo=${encodeURIComponent(`/checkout?${choiceQuery(request)}`)}`)
  if (deed || drop !== undefined) return lookAgain(request, { ...step, stated })
  const isMember = (await viewerOf(request))?.hasPanel
  return isMember ? commitAsMember(request, { ...step, stated }) : commitAsGuest(request, { ...step, stated })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

export default function Checkout() {
  const { t } = useTranslation('store')
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as CheckoutAnswer | undefined
  return (
    <main id="main" className="page pt-10">
      <div className="mx-auto max-w-[40rem]">
        <h1 className="text-2xl font-semibold">{t('checkout.title')}</h1>
        <CheckoutForm page={page} answer={answer} />
      </div>
    </main>
  )
}
