import { clock } from '#app/config/clock.server.ts'
import { i18nWith } from '#app/i18n/i18n.server.ts'
import type { Language } from '#app/i18n/languages.ts'
import { brandOf } from '../branding/brand.server.ts'
import { titleOf } from '../request/page-title.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { atomFeed } from './atom-feed.ts'
import { withBlocks } from './news-pages.server.ts'
import { atMainHost } from './store-head.server.ts'

type FeedNews = { readonly id: string; readonly at: Date; readonly language: Language; readonly title: string; readonly text: string }

/** In which languages the feed at this address takes news: the one it names, then the store's first, whoever asks. */
export async function feedLanguagesOf(request: Request): Promise<readonly [Language, Language]> {
  const { languages } = brandOf(await tenantOf(request)).pack
  const named = new URL(request.url).searchParams.get('lang')
  return [languages.find((offered) => offered === named) ?? languages[0], languages[0]]
}

/** The answer with the store's news as a feed. */
export async function newsFeed(request: Request, news: readonly FeedNews[]): Promise<Response> {
  const tenant = await tenantOf(request)
  const { pack } = brandOf(tenant)
  const [language] = await feedLanguagesOf(request)
  const t = i18nWith(language, pack.words[language]).getFixedT(language, 'store')
  const address = (path: string) => atMainHost(tenant, `${path}?lang=${language}`)
  const text = atomFeed({
    page: address('/news'),
    self: address('/news.xml'),
    language,
    title: titleOf(t('news.title'), pack.name),
    author: pack.name,
    updated: news[0]?.at ?? clock.now(),
    entries: news.map((one) => ({ ...withBlocks(one), address: address(`/news/${one.id}`) })),
  })
  return new Response(text, { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8', 'Cache-Control': 'public, max-age=300' } })
}
