import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { combineQuotes } from '#app/reports/order-quote/combine.ts'
import { readStoreQuote } from '#app/reports/order-quote/query.server.ts'
import { listNetworksForOrder } from '#app/reports/orders/own-networks.server.ts'
import { listProjectsForOrder } from '#app/reports/projects/query.server.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { quoteForReader } from '#app/web/store/order-quote.server.ts'
import { storeCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { type Choice, choiceIn, optionProblems, problemsOf } from '../_store.checkout/choice.server.ts'
import { quoteOfTried } from '../_store.checkout/estimate.server.ts'
import { chosenOf, wantedIn } from './chosen.ts'
import { Configurator } from './configurator.tsx'
import type { OwnPlaces } from './own-places.tsx'
import { readerCatalog } from './reader-catalog.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const search = new URL(request.url).searchParams
  const { currency } = await storeCurrencyOf(request)
  const catalog = await readerCatalog(request)
  const chosen = catalog && chosenOf(catalog, wantedIn(search))
  const asked = choiceIn(search)
  const choice = chosen && { planCode: chosen.plan.code, optionCodes: asked.optionCodes }
  const quantity = asked.quantity ?? 1
  const own = choice && (await quoteForReader(request, { ...choice, quantity }))
  const single = own ? null : choice && (await asVisitor(request, (ctx) => readStoreQuote(ctx, { ...choice, language, currency })))
  const quote = own ? quoteOfTried(own, language) : single && combineQuotes([{ quote: single, count: quantity }])
  const places = await placesOf(request)
  const problems =
    catalog && quote && search.has('check')
      ? { ...problemsOf(catalog, asked), ...optionProblems(quote, asked), ...placeProblems(places, asked) }
      : {}
  return { catalog, quote: quote ?? null, places, problems, title: await pageTitle(request, 'store', 'order.title') }
}

/** The projects and private networks that a customer can put a server in; none for a visitor, and for who may not order. */
async function placesOf(request: Request): Promise<OwnPlaces> {
  const none: OwnPlaces = { projects: [], networks: [] }
  const viewer = await viewerOf(request)
  if (!viewer?.hasPanel) return none
  return asCustomer(request, undefined, async (ctx, { accountId, can }) => {
    if (!can('order:write')) return none
    return { projects: await listProjectsForOrder(ctx, accountId), networks: await listNetworksForOrder(ctx, accountId) }
  })
}

function placeProblems(
  { projects, networks }: OwnPlaces,
  { projectId, networkId, locationCode }: Choice,
): Readonly<Record<string, string>> {
  const isProject = projectId === undefined || projects.some(({ id, isStopped }) => id === projectId && !isStopped)
  const isNetwork = networkId === undefined || networks.some(({ id, zone }) => id === networkId && zone === locationCode)
  return { ...(isProject ? {} : { project: 'not-offered' }), ...(isNetwork ? {} : { network: 'not-offered' }) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Order() {
  const { t } = useTranslation('store')
  const { catalog, quote, places, problems } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="page pt-10">
      <h1 className="text-2xl font-semibold">{t('order.title')}</h1>
      {catalog && quote ? (
        <Configurator catalog={catalog} quote={quote} places={places} problems={problems} />
      ) : (
        <EmptyState title={t('plans.none')}>{t('order.nothing')}</EmptyState>
      )}
    </main>
  )
}
