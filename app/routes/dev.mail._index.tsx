import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DevPage } from '#app/ui/shell/dev-page.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { devMails } from '#app/web/desks/dev-mail.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { mails: await devMails(request), title: await pageTitle(request, 'office', 'mail.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function MailList() {
  const { mails } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  return (
    <DevPage title={t('mail.title')} lead={t('mail.lead')}>
      <Card isFlush>
        <Table
          caption={t('mail.title')}
          rows={mails}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('mail.none')}>{t('mail.noneText')}</EmptyState>}
          columns={[
            {
              key: 'subject',
              head: t('mail.subject'),
              isPrimary: true,
              cell: ({ id, subject }) => (
                <TextLink to={`/dev/mail/${id}`} isQuiet className="font-medium">
                  <bdi>{subject}</bdi>
                </TextLink>
              ),
            },
            { key: 'to', head: t('mail.to'), cell: ({ to }) => <bdi>{to.join(', ')}</bdi> },
            { key: 'from', isExtra: true, head: t('mail.from'), cell: ({ from }) => <bdi>{from}</bdi> },
            {
              key: 'files',
              head: t('mail.files'),
              cell: ({ attachments }) =>
                attachments.length > 0 ? <bdi dir="ltr">{attachments.join(', ')}</bdi> : <span className="text-muted">–</span>,
            },
            { key: 'at', head: t('mail.sentAt'), cell: ({ sentAt }) => (sentAt ? <DateTime instant={new Date(sentAt)} isShort /> : '–') },
          ]}
        />
      </Card>
    </DevPage>
  )
}
