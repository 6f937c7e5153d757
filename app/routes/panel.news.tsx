import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listPanelNews } from '#app/reports/news/query.server.ts'
import { markNewsRead } from '#app/services/news/mark-news-read.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LegalText } from '#app/ui/base/legal-text.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { newsLanguagesOf, withBlocks } from '#app/web/store/news-pages.server.ts'

/** Opening the page is reading the news: what was new is marked once more, and no more the next time. */
export async function loader({ request }: LoaderFunctionArgs) {
  const languages = await newsLanguagesOf(request)
  const news = await asCustomer(request, undefined, async (ctx, { accountId, session }) => {
    const reader = { accountId, userId: session.user.id }
    const listed = await listPanelNews(ctx, { languages, ...reader })
    if (listed.some(({ isNew }) => isNew)) await markNewsRead(ctx, reader)
    return listed
  })
  return { news: news.map(withBlocks), title: await pageTitle(request, 'panel', 'news.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function News() {
  const { news } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader title={t('news.title')} />
      {news.length === 0 ? (
        <Card>
          <EmptyState title={t('news.none')}>{t('news.noneText')}</EmptyState>
        </Card>
      ) : null}
      <div className="grid max-w-[48rem] gap-6">
        {news.map(({ id, at, title, language, direction, blocks, isNew }) => (
          <Card
            key={id}
            id={`news-${id}`}
            title={
              <span lang={language} dir={direction}>
                {title}
              </span>
            }
            aside={
              <span className="flex items-center gap-3">
                {isNew ? <Badge tone="info">{t('news.isNew')}</Badge> : null}
                <DateTime instant={at} isDayOnly />
              </span>
            }
          >
            <div lang={language} dir={direction} className="break-words">
              <LegalText blocks={blocks} top={3} />
            </div>
          </Card>
        ))}
      </div>
    </>
  )
}
