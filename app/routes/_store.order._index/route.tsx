import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readStoreQuote, toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { quoteForReader } from '#app/web/order-quote.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { storeCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { choiceIn, optionProblems, problemsOf } from '../_store.checkout/choice.server.ts'
import { chosenOf, wantedIn } from './chosen.ts'
import { Configurator } from './configurator.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const search = new URL(request.url).searchParams
  const { currency } = await storeCurrencyOf(request)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency }))
  const chosen = catalog && chosenOf(catalog, wantedIn(search))
  const asked = choiceIn(search)
  const choice = chosen && { planCode: chosen.plan.code, optionCodes: asked.optionCodes }
  const own = choice && (await quoteForReader(request, choice))
  const quote = own
    ? toOrderQuote(own.price, language)
    : choice && (await asVisitor(request, (ctx) => readStoreQuote(ctx, { ...choice, language, currency })))
  const problems = catalog && quote && search.has('check') ? { ...problemsOf(catalog, asked), ...optionProblems(quote, asked) } : {}
  return { catalog, quote: quote ?? null, problems, title: await pageTitle(request, 'store', 'order.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Order() {
  const { t } = useTranslation('store')
  const { catalog, quote, problems } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('order.title')}</h1>
      {catalog && quote ? (
        <Configurator catalog={catalog} quote={quote} problems={problems} />
      ) : (
        <EmptyState title={t('plans.none')}>{t('order.nothing')}</EmptyState>
      )}
    </main>
  )
}
