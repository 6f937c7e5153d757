import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readAccountData } from '#app/reports/account-profile/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CloudOpening, OpenCloud } from '#app/ui/cloud/cloud-visit.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { ownersToVisit, visitAsStaff } from '#app/web/desks/cloud-visit.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const VisitForm = z.object({ externalId: line(200) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const account = orNotFound(await asStaff(request, 'cloud-interface:open', (ctx) => readAccountData(ctx, accountId)))
  const owners = await ownersToVisit(request, accountId)
  return { accountId, name: account.name, owners, title: await pageTitle(request, 'office', 'cloudInterface.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const form = await parseForm(request, VisitForm)
  if (!form.ok) throw refuse(400, 'invalid-deed')
  return visitAsStaff(request, { accountId, ...form.value })
}

/** The answer of the form leads on to the cloud. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountInCloud() {
  const { accountId, name, owners } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const path = `/office/accounts/${accountId}/cloud-interface`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('nav.accounts'), to: '/office/accounts' },
          { label: name, to: `/office/accounts/${accountId}` },
        ]}
        title={t('cloudInterface.title')}
        below={t('cloudInterface.visitText')}
      />
      {answer?.problem ? (
        <div className="mb-6">
          <Notice tone="critical">{t('cloudInterface.nothing')}</Notice>
        </div>
      ) : null}
      {answer?.url ? (
        <CloudOpening url={answer.url} />
      ) : (
        <Card isFlush>
          <Table
            caption={t('cloudInterface.title')}
            rows={owners}
            rowKey={({ kind, externalId }) => `${kind} ${externalId}`}
            columns={[
              {
                key: 'id',
                head: t('cloudInterface.owner'),
                isPrimary: true,
                cell: ({ externalId }) => (
                  <bdi dir="ltr" className="font-mono text-[0.8125rem] break-all">
                    {externalId}
                  </bdi>
                ),
              },
              { key: 'kind', head: t('cloudInterface.kindHead'), cell: ({ kind }) => t(`cloudInterface.kind.${kind}`) },
              {
                key: 'open',
                head: <span className="sr-only">{t('cloudInterface.open')}</span>,
                cell: ({ externalId }) => (
                  <OpenCloud action={path} externalId={externalId} size="small">
                    {t('cloudInterface.open')}
                  </OpenCloud>
                ),
              },
            ]}
            empty={<EmptyState title={t('cloudInterface.nothing')}>{t('cloudInterface.nothingText')}</EmptyState>}
          />
        </Card>
      )}
    </>
  )
}
