import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CloudOpening, OpenCloud } from '#app/ui/cloud/cloud-visit.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { maySeeCloud, visitAsCustomer } from '#app/web/desks/cloud-visit.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { membership } = await customerOf(request, 'cloud-interface:open')
  orNotFound((await maySeeCloud(request)) ? true : null)
  return { account: membership.accountName, title: await pageTitle(request, 'cloud', 'interface.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  return visitAsCustomer(request)
}

/** The answer of the form leads on to the cloud. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

export default function CloudInterface() {
  const { account } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['cloud', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.servers'), to: '/panel/servers' }]} title={t('interface.title')} />
      {answer?.problem ? (
        <div className="mb-6">
          <Notice tone="critical">{t(`interface.problem.${answer.problem}`)}</Notice>
        </div>
      ) : null}
      {answer?.url ? (
        <CloudOpening url={answer.url} />
      ) : (
        <Card id="interface" title={t('interface.of', { account })} className="max-w-2xl">
          <p className="mb-4 text-sm text-muted">{t('interface.text')}</p>
          <OpenCloud action="/panel/cloud-interface" look="primary">
            {t('interface.open')}
          </OpenCloud>
        </Card>
      )}
    </>
  )
}
