import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PermissionWords } from '#app/ui/people/permission-list.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { type ShownEndpoint, shownEndpoints } from '#app/web/api/reference.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await customerOf(request, 'api-key:write')
  const base = `https://${request.headers.get('host')}/api/v1`
  return { base, endpoints: shownEndpoints(), title: await pageTitle(request, 'access', 'reference.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Reference() {
  const { base, endpoints } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('panel:nav.account'), to: '/panel/account' },
          { label: t('keys.title'), to: '/panel/api-keys' },
        ]}
        title={t('reference.title')}
        below={t('reference.lead')}
      />
      <div className="grid grid-cols-1 gap-6">
        <Card id="first" title={t('reference.first')}>
          <pre dir="ltr" className="rounded-control bg-soft p-4 text-sm whitespace-pre-wrap wrap-anywhere">
            {`curl -H "Authorization: Bearer lvk_…" ${base}/account`}
          </pre>
          <ul className="mt-4 grid list-disc gap-1 ps-5 text-sm text-muted">
            <li>{t('reference.paging')}</li>
            <li>{t('reference.errors')}</li>
            <li>{t('reference.repeat')}</li>
            <li>{t('reference.limit')}</li>
            <li>
              {t('reference.machine')}{' '}
              <TextLink to="/api/v1/openapi.json" isOtherArea>
                <bdi dir="ltr">/api/v1/openapi.json</bdi>
              </TextLink>
            </li>
          </ul>
        </Card>
        <Card id="endpoints" title={t('reference.endpoints')} isFlush>
          <Endpoints endpoints={endpoints} />
        </Card>
      </div>
    </>
  )
}

function Endpoints({ endpoints }: { endpoints: readonly ShownEndpoint[] }) {
  const { t } = useTranslation('access')
  return (
    <Table
      caption={t('reference.endpoints')}
      rows={endpoints}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'path',
          head: t('reference.path'),
          isPrimary: true,
          isLong: true,
          cell: ({ method, path }) => (
            <code dir="ltr" className="wrap-anywhere">
              {method} {path}
            </code>
          ),
        },
        { key: 'does', head: t('reference.does'), isLong: true, cell: ({ name }) => t(`endpoint.${name}`) },
        {
          key: 'takes',
          head: t('reference.takes'),
          isLong: true,
          cell: ({ parameters }) => <bdi dir="ltr">{parameters.join(', ') || '–'}</bdi>,
        },
        {
          key: 'needs',
          head: t('reference.needs'),
          isLong: true,
          cell: ({ permission }) => (permission ? <PermissionWords permissions={[permission]} /> : t('reference.anyKey')),
        },
      ]}
    />
  )
}
