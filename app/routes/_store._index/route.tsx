import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { formatDate } from '#app/i18n/formats.ts'
import { localeOf } from '#app/i18n/languages.ts'
import { listAppOffers } from '#app/reports/apps/offers.server.ts'
import { listStoreNews } from '#app/reports/news/query.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { brandOf, storeTextsOf } from '#app/web/branding/brand.server.ts'
import { pictureUrl } from '#app/web/branding/brand-pictures.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { storeCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { atMainHost, structuredHome } from '#app/web/store/store-head.server.ts'
import { Home } from './home.tsx'

const newsAtMost = 3

export async function loader({ request }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const { pack, cardPicture } = brandOf(tenant)
  const { currency } = await storeCurrencyOf(request)
  const catalog = await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency }))
  const { offers, news } = await asVisitor(request, async (ctx) => ({
    offers: await listAppOffers(ctx, language),
    news: await listStoreNews(ctx, { languages: [language, pack.languages[0]], limit: newsAtMost }),
  }))
  const dayOf = (instant: Date) => formatDate(instant, localeOf(language, pack.seller.address.country), pack.zone)
  const card = pictureUrl(cardPicture)
  return {
    catalog,
    offers,
    texts: storeTextsOf(pack, language),
    order: pack.home,
    news: news.map(({ id, title, language: written, at }) => ({ id, title, language: written, day: dayOf(at) })),
    name: pack.name,
    cardUrl: card && atMainHost(tenant, card),
    structured: structuredHome(tenant, [...(catalog?.plans ?? []), ...(catalog?.bundles ?? [])]),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · ${data.texts.promise}` : '' },
  { name: 'description', content: data?.texts.lead },
  { property: 'og:title', content: data?.texts.promise },
  { property: 'og:site_name', content: data?.name },
  ...(data ? [{ 'script:ld+json': data.structured }] : []),
  ...(data?.cardUrl
    ? [
        { property: 'og:image', content: data.cardUrl },
        { property: 'og:image:width', content: '1200' },
        { property: 'og:image:height', content: '630' },
        { name: 'twitter:card', content: 'summary_large_image' },
      ]
    : []),
]

export default function StoreHome() {
  const { catalog, offers, texts, order, news } = useLoaderData<typeof loader>()
  return <Home catalog={catalog} offers={offers} texts={texts} order={order} news={news} />
}
