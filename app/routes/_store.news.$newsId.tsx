import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readStoreNews } from '#app/reports/news/query.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { LegalText } from '#app/ui/base/legal-text.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { newsLanguagesOf, withBlocks, withExcerpt } from '#app/web/store/news-pages.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.newsId) ? params.newsId : null)
  const languages = await newsLanguagesOf(request)
  return asVisitor(request, async (ctx, tenant) => {
    const news = orNotFound(await readStoreNews(ctx, { id, languages }))
    const { name } = brandOf(tenant).pack
    return { news: withBlocks(news), excerpt: withExcerpt(news).excerpt, name, title: titleOf(news.title, name) }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.title },
  { name: 'description', content: page?.excerpt },
  { property: 'og:title', content: page?.news.title },
  { property: 'og:site_name', content: page?.name },
  { property: 'og:type', content: 'article' },
]

export default function NewsPage() {
  const { news } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  return (
    <main id="main" className="page py-12">
      <article className="max-w-[42rem]">
        <div lang={news.language} dir={news.direction}>
          <h1 className="text-2xl font-semibold break-words">{news.title}</h1>
          <p className="mt-2 mb-6 text-sm text-muted">
            <DateTime instant={news.at} isDayOnly />
          </p>
          <LegalText blocks={news.blocks} top={2} />
        </div>
        <p className="mt-10 border-t border-border pt-4 text-sm">
          <TextLink to="/news">{t('news.all')}</TextLink>
        </p>
      </article>
    </main>
  )
}
