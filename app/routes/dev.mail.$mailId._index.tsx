import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DevPage } from '#app/ui/shell/dev-page.tsx'
import { devMail } from '#app/web/desks/dev-mail.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { html, files, ...mail } = await devMail(request, params.mailId)
  return {
    mail,
    hasHtml: html !== '',
    files: files.map(({ filename, contentType, content }) => ({ filename, contentType, bytes: content.byteLength })),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.mail.subject }]

export default function MailView() {
  const { mail, hasHtml, files } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const [search] = useSearchParams()
  const view = search.get('view') === 'text' || !hasHtml ? 'text' : 'html'
  return (
    <DevPage title={<bdi>{mail.subject}</bdi>} crumb={{ label: t('mail.title'), to: '/dev/mail' }}>
      <dl className="mb-6 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <dt className="text-muted">{t('mail.from')}</dt>
        <dd>
          <bdi>{mail.from}</bdi>
        </dd>
        <dt className="text-muted">{t('mail.to')}</dt>
        <dd>
          <bdi>{mail.to.join(', ')}</bdi>
        </dd>
        {files.length > 0 ? (
          <>
            <dt className="text-muted">{t('mail.files')}</dt>
            <dd className="flex flex-wrap gap-x-4">
              {files.map((file, index) => (
                <a
                  key={file.filename}
                  href={`/dev/mail/${mail.id}/file/${index}`}
                  className="rounded-tag text-accent underline underline-offset-4"
                >
                  <bdi dir="ltr">{file.filename}</bdi>
                </a>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      <nav aria-label={t('mail.view')} className="mb-3 flex gap-4 text-sm">
        <TextLink to="?view=html" isQuiet className={view === 'html' ? 'font-medium text-text' : ''}>
          {t('mail.html')}
        </TextLink>
        <TextLink to="?view=text" isQuiet className={view === 'text' ? 'font-medium text-text' : ''}>
          {t('mail.text')}
        </TextLink>
      </nav>
      <Card isFlush className="overflow-hidden">
        {view === 'html' ? (
          // Nothing in a mail may run or reach out: the frame has an empty sandbox and its own policy. Links open a new tab.
          <iframe
            title={mail.subject}
            src={`/dev/mail/${mail.id}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            className="h-[48rem] w-full bg-[white]"
          />
        ) : (
          <pre dir="auto" className="overflow-x-auto p-card text-sm whitespace-pre-wrap">
            {mail.text}
          </pre>
        )}
      </Card>
    </DevPage>
  )
}
