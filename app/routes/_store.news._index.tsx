import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listStoreNews } from '#app/reports/news/query.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { newsLanguagesOf, withExcerpt } from '#app/web/store/news-pages.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const languages = await newsLanguagesOf(request)
  const news = await asVisitor(request, (ctx) => listStoreNews(ctx, { languages }))
  return { news: news.map(withExcerpt), feed: `/news.xml?lang=${languages[0]}`, title: await pageTitle(request, 'store', 'news.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  ...(page ? [{ tagName: 'link', rel: 'alternate', type: 'application/atom+xml', title: page.title, href: page.feed }] : []),
]

export default function News() {
  const { news, feed } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  return (
    <main id="main" className="page py-12">
      <h1 className="text-2xl font-semibold">{t('news.title')}</h1>
      {news.length === 0 ? <EmptyState title={t('news.none')}>{t('news.noneText')}</EmptyState> : null}
      <ul className="mt-6 max-w-[48rem] divide-y divide-border border-y border-border">
        {news.map(({ id, at, title, excerpt, language, direction }) => (
          <li key={id} className="py-6">
            <p className="text-sm text-muted">
              <DateTime instant={at} isDayOnly />
            </p>
            <div lang={language} dir={direction}>
              <h2 className="mt-1 text-lg font-semibold">
                <Link to={`/news/${id}`} className="rounded-tag hover:underline">
                  {title}
                </Link>
              </h2>
              <p className="mt-1 max-w-prose text-muted">{excerpt}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-6 text-sm">
        <a href={feed} className="rounded-tag py-1 text-muted hover:text-text hover:underline">
          {t('news.feed')}
        </a>
      </p>
    </main>
  )
}
