import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listProviders } from '#app/reports/sign-on/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { SignOnState } from '#app/ui/people/sign-on-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const providers = await asStaff(request, 'settings:write', listProviders)
  return { providers, title: await pageTitle(request, 'signon', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SignOn() {
  const { providers } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['signon', 'staff'])
  return (
    <>
      <PageHeader title={t('title')} below={t('lead')} />
      <div className="grid gap-6">
        <Card id="directories" title={t('directories')} isFlush>
          <Table
            caption={t('directories')}
            rows={providers}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
            columns={[
              {
                key: 'name',
                head: t('name'),
                isPrimary: true,
                isLong: true,
                cell: ({ id, name }) => <TextLink to={`/office/settings/sign-on/${id}`}>{name}</TextLink>,
              },
              { key: 'kind', head: t('kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
              { key: 'audience', head: t('audience'), cell: ({ audience }) => t(`audiences.${audience}`) },
              { key: 'state', head: t('inUse'), cell: ({ state }) => <SignOnState state={state} /> },
            ]}
          />
        </Card>
        <Card id="connect" title={t('connect')}>
          <ul className="grid gap-3 sm:grid-cols-2">
            {(['oidc', 'saml'] as const).flatMap((kind) =>
              (['staff', 'customers'] as const).map((audience) => (
                <li key={`${kind} ${audience}`}>
                  <TextLink to={`/office/settings/sign-on/new?kind=${kind}&audience=${audience}`}>
                    {t(`kinds.${kind}`)} · {t(`audiences.${audience}`)}
                  </TextLink>
                </li>
              )),
            )}
            <li>
              <TextLink to="/office/settings/sign-on/ldap">{t('staff:ldap.title')}</TextLink>
            </li>
          </ul>
        </Card>
      </div>
    </>
  )
}
