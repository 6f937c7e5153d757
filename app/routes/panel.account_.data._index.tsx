import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readDataFiles } from '#app/reports/account-data/files.server.ts'
import { requestAccountData } from '#app/services/account-data/request-account-data.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ownerOf } from '#app/web/desks/close-account.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, userId } = await ownerOf(request)
  const files = await asSeller(request, (ctx) => readDataFiles(ctx, { accountId, userId }))
  return { files, title: await pageTitle(request, 'access', 'data.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId, userId } = await ownerOf(request)
  await parseForm(request, z.object({}))
  const asked = await asSeller(request, (ctx) => requestAccountData(ctx, { accountId, userId }))
  if (!asked.ok) return data({ problem: asked.error }, { status: 429 })
  return redirectWithToast(request, '/panel/account/data', 'account.data')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const tones = { requested: 'info', done: 'positive', expired: 'neutral', failed: 'critical' } as const

export default function AccountData() {
  const { files } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('data.title')} below={t('data.lead')} />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {answer && 'problem' in answer ? <Notice tone="warning">{t('data.justNow')}</Notice> : null}
        <Card id="ask" title={t('data.ask')}>
          <Form method="post" className="grid gap-4">
            <FormToken />
            <p className="text-sm text-muted">{t('data.what')}</p>
            <div>
              <SubmitButton>{t('data.make')}</SubmitButton>
            </div>
          </Form>
        </Card>
        <Card id="files" title={t('data.files')} isFlush>
          {files.length === 0 ? <EmptyState title={t('data.none')} /> : null}
          <ul className="divide-y divide-border border-t border-border text-sm">
            {files.map(({ id, state, requestedAt, expiresAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-card py-3">
                <span>
                  <DateTime instant={requestedAt} />{' '}
                  {state === 'done' && expiresAt ? (
                    <span className="block text-muted">
                      {t('data.until')} <DateTime instant={expiresAt} />
                    </span>
                  ) : null}
                </span>
                <span className="flex items-center gap-3">
                  <State tone={tones[state]}>{t(`data.state.${state}`)}</State>
                  {state === 'done' ? (
                    <ButtonLink to={`/panel/account/data/${id}`} look="secondary" size="small" isOtherArea>
                      {t('data.fetch')}
                    </ButtonLink>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  )
}
