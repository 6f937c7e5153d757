import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { NewsForm } from '#app/ui/desk/news-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { keepNews, newsFields } from '#app/web/desks/news-desk.server.ts'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await staffOf(request, 'news:write')
  return { ...(await newsFields(request, null)), title: await pageTitle(request, 'office', 'news.new') }
}

export const action = ({ request }: ActionFunctionArgs) => keepNews(request, null)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewNews() {
  const { languages, fields } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader crumbs={[{ label: t('news.title'), to: '/office/news' }]} title={t('news.new')} />
      <div className="max-w-[48rem]">
        <NewsForm languages={languages} fields={fields} isPublished={false} answer={answer} />
      </div>
    </>
  )
}
