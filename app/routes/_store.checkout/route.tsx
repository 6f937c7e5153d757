import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { readBankDetails } from '#app/reports/bank-details/query.server.ts'
import { listSavedMethods } from '#app/reports/paying/query.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { deskOf } from '#app/web/desks/pay-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { signUpTask } from '#app/web/server/velocity.server.ts'
import { earnCodeTries } from '#app/web/store/code-tries.server.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'
import { type CheckoutAnswer, checked, choiceQuery, choicesOf, type Step } from './answer.server.ts'
import { StepForm } from './checkout-form.server.ts'
import { CheckoutForm } from './checkout-form.tsx'
import { type Choice, problemsOf } from './choice.server.ts'
import { commitAsGuest, commitAsMember, lookAgain } from './deeds.server.ts'
import { areOptionsOffered, estimateOf } from './estimate.server.ts'
import { orderedThing } from './ordered-thing.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const catalog = await readerCatalog(request)
  const choices = await choicesOf(request)
  const isWrong = (choice: Choice) => !catalog || Object.keys(problemsOf(catalog, choice)).length > 0
  if (!catalog || choices.length === 0 || choices.some(isWrong)) throw redirect(checked(request))
  const buyer = await buyerOf(request)
  const stated = { kind: 'personal', country: tenant.country, vatId: '' } as const
  const estimate = await estimateOf(request, { choices, stated, codes: [] })
  if (!estimate || !(await areOptionsOffered(request, { choices, stated }))) throw redirect(checked(request))
  const desk = await deskOf(request, systemActor('checkout'))
  const { firstTotal } = estimate.quote
  return {
    estimate,
    buyer: buyer && { ...buyer.profile, isConfirmed: buyer.isConfirmed },
    saved: firstTotal.minor > 0n ? (buyer?.saved ?? []) : [],
    takesTransfers: firstTotal.minor > 0n && (await desk.process.inTenant(readBankDetails)) !== null,
    pages: firstTotal.minor > 0n ? await offeredGateways(desk.process, firstTotal) : [],
    ordered: choices.flatMap((choice) => orderedThing(catalog, choice)),
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
  await earnCodeTries(request, step.form.codeProof)
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
