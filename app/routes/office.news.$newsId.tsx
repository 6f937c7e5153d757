import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type NewsTexts, textFor } from '#app/domain/news/news.ts'
import { languageNames } from '#app/i18n/languages.ts'
import { readOfficeNews } from '#app/reports/news/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { LegalText } from '#app/ui/base/legal-text.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { NewsForm } from '#app/ui/desk/news-form.tsx'
import { NewsStandingView } from '#app/ui/desk/news-standing.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { keepNews, newsFields } from '#app/web/desks/news-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { newsLanguagesOf, withBlocks } from '#app/web/store/news-pages.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const newsId = orNotFound(isUuid(params.newsId) ? params.newsId : null)
  const news = await asStaff(request, 'news:write', async (ctx) => orNotFound(await readOfficeNews(ctx, newsId)))
  const form = await newsFields(request, news)
  const { texts, ...facts } = news
  return {
    ...form,
    news: facts,
    heading: textFor(texts, await newsLanguagesOf(request)),
    previews: form.languages.flatMap((language) => previewIn(texts, language)),
    title: await pageTitle(request, 'office', 'news.title'),
  }
}

function previewIn(texts: NewsTexts, language: keyof NewsTexts) {
  const written = texts[language]
  return written ? [withBlocks({ language, ...written })] : []
}

export async function action({ request, params }: ActionFunctionArgs) {
  return keepNews(request, orNotFound(isUuid(params.newsId) ? params.newsId : null))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewsDesk() {
  const { news, heading, languages, fields } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const isPublished = news.state === 'published'
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('news.title'), to: '/office/news' }]}
        title={<span lang={heading?.language}>{heading?.title}</span>}
        beside={<NewsStandingView standing={news.standing} />}
        actions={isPublished ? <Withdraw newsId={news.id} /> : undefined}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_30rem]">
        <NewsForm languages={languages} fields={fields} place={news.place} isPublished={isPublished} answer={answer} />
        <Preview />
      </div>
    </>
  )
}

function Withdraw({ newsId }: { newsId: string }) {
  const { t } = useTranslation('office')
  return (
    <Form method="post" action={`/office/news/${newsId}/withdraw`}>
      <FormToken />
      <SubmitButton look="secondary">{t('news.withdraw')}</SubmitButton>
    </Form>
  )
}

/** What was saved, as readers get it. */
function Preview() {
  const { news, previews } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const isInStore = news.standing === 'shown' && news.place === 'store-and-panel'
  return (
    <Card
      id="preview"
      title={t('news.preview')}
      aside={
        isInStore ? (
          <TextLink to={`/news/${news.id}`} isOtherArea>
            {t('news.inStore')}
          </TextLink>
        ) : undefined
      }
    >
      <div className="grid gap-8">
        {previews.map(({ language, direction, title, blocks }) => (
          <article key={language} aria-label={languageNames[language]} lang={language} dir={direction} className="min-w-0 break-words">
            <h3 className="text-lg font-semibold">{title}</h3>
            <LegalText blocks={blocks} top={3} />
          </article>
        ))}
      </div>
    </Card>
  )
}
