import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { textFor } from '#app/domain/news/news.ts'
import { listOfficeNews } from '#app/reports/news/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { NewsStandingView } from '#app/ui/desk/news-standing.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { newsLanguagesOf } from '#app/web/store/news-pages.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const languages = await newsLanguagesOf(request)
  const news = await asStaff(request, 'news:write', (ctx) => listOfficeNews(ctx))
  const rows = news.map(({ texts, ...one }) => {
    const written = textFor(texts, languages)
    return { ...one, title: written?.title ?? '', language: written?.language, languages: Object.keys(texts) }
  })
  return { rows, title: await pageTitle(request, 'office', 'news.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewsList() {
  const { rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const add = <ButtonLink to="/office/news/new">{t('news.new')}</ButtonLink>
  return (
    <>
      <PageHeader title={t('news.title')} below={t('news.lead')} actions={add} />
      <Card isFlush>
        <Table
          caption={t('news.title')}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('news.none')}>{t('news.noneText')}</EmptyState>}
          columns={[
            {
              key: 'title',
              head: t('news.heading'),
              isPrimary: true,
              isLong: true,
              cell: ({ id, title, language }) => (
                <TextLink to={`/office/news/${id}`}>
                  <span lang={language}>{title}</span>
                </TextLink>
              ),
            },
            { key: 'standing', head: t('news.state'), cell: ({ standing }) => <NewsStandingView standing={standing} /> },
            { key: 'place', head: t('news.place'), cell: ({ place }) => t(`news.placeOf.${place}`) },
            { key: 'languages', head: t('news.languages'), cell: ({ languages }) => languages.join(', ') },
            { key: 'from', head: t('news.from'), cell: ({ showsFrom }) => (showsFrom ? <DateTime instant={showsFrom} isShort /> : null) },
            {
              key: 'until',
              head: t('news.until'),
              cell: ({ showsUntil }) => (showsUntil ? <DateTime instant={showsUntil} isShort /> : null),
            },
          ]}
        />
      </Card>
    </>
  )
}
