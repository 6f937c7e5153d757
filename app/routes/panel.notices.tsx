import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readNotices } from '#app/reports/budgets/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useNoticeWords } from '#app/ui/desk/use-notice-words.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'budget:read', async (ctx, { can }) => ({
    notices: await readNotices(ctx),
    mayChoose: can('budget:write'),
  }))
  return { ...page, title: await pageTitle(request, 'budget', 'notices.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Notices() {
  const { notices, mayChoose } = useLoaderData<typeof loader>()
  const { t } = useTranslation('budget')
  const wordsOf = useNoticeWords()
  return (
    <>
      <PageHeader
        title={t('notices.title')}
        below={t('notices.lead')}
        actions={
          mayChoose ? (
            <ButtonLink to="/panel/account/notifications" look="secondary">
              {t('choices.title')}
            </ButtonLink>
          ) : undefined
        }
      />
      <Card isFlush>
        {notices.length === 0 ? <EmptyState title={t('notices.none')}>{t('notices.noneText')}</EmptyState> : null}
        <ul className="divide-y divide-border text-sm">
          {notices.map(({ id, at, accountName, notice }) => (
            <li key={id} className="grid gap-1 px-card py-3">
              <span suppressHydrationWarning>
                {notice.code === 'budget-reached' ? (
                  <TextLink to={`/panel/budgets/${notice.budgetId}`}>{wordsOf(notice)}</TextLink>
                ) : notice.code === 'server-ready' ? (
                  <TextLink to={`/panel/servers/${notice.resourceId}`}>{wordsOf(notice)}</TextLink>
                ) : notice.code === 'order-question' ? (
                  <TextLink to={`/order/${notice.orderId}`} isOtherArea>
                    {wordsOf(notice)}
                  </TextLink>
                ) : notice.code === 'webhook-paused' ? (
                  <TextLink to={`/panel/account/webhooks/${notice.endpointId}`}>{wordsOf(notice)}</TextLink>
                ) : (
                  wordsOf(notice)
                )}
              </span>
              <span className="text-muted">
                <DateTime instant={at} /> · {accountName}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
