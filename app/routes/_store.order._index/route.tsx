import { randomUUID } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readStoreQuote, toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { quoteForReader } from '#app/web/order-quote.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { chosenOf, wantedIn } from './chosen.ts'
import { Configurator } from './configurator.tsx'
import { applyCodes, commit, leadOn } from './order-deeds.server.ts'
import { codesOf, StepForm, tickedOptions } from './order-form.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const search = new URL(request.url).searchParams
  const { currency } = await storeCurrencyOf(request)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency }))
  const chosen = catalog && chosenOf(catalog, wantedIn(search))
  const choice = chosen && { planCode: chosen.plan.code, optionCodes: search.getAll('option').slice(0, 50) }
  const own = choice && (await quoteForReader(request, choice))
  const quote = own
    ? toOrderQuote(own.price, language)
    : choice && (await asVisitor(request, (ctx) => readStoreQuote(ctx, { ...choice, language, currency })))
  const viewer = await viewerOf(request)
  return { catalog, quote: quote ?? null, viewer, idempotencyKey: randomUUID(), title: await pageTitle(request, 'store', 'order.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const options = tickedOptions(await request.clone().formData())
  const form = await parseForm(request.clone(), StepForm)
  const step = { form: form.ok ? form.value : StepForm.parse({}), options }
  const { deed, drop } = step.form
  const viewer = await viewerOf(request)
  if (!viewer?.hasPanel) return leadOn(step, false)
  if (deed === 'quote' && codesOf(step.form).length === 0) return leadOn(step, true)
  if (deed || drop !== undefined) return applyCodes(request, step)
  return commit(request, step)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Order() {
  const { t } = useTranslation('store')
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('order.title')}</h1>
      {page.catalog && page.quote ? (
        <Configurator catalog={page.catalog} quote={page.quote} viewer={page.viewer} idempotencyKey={page.idempotencyKey} answer={answer} />
      ) : (
        <EmptyState title={t('plans.none')}>{t('order.nothing')}</EmptyState>
      )}
    </main>
  )
}
