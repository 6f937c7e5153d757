import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listLdap } from '#app/reports/sign-on/ldap.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { LdapState } from '#app/ui/people/ldap-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return { directories: await asStaff(request, 'settings:write', listLdap), title: await pageTitle(request, 'staff', 'ldap.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LdapDirectories() {
  const { directories } = useLoaderData<typeof loader>()
  const { t } = useTranslation('staff')
  const add = (
    <ButtonLink to="/office/settings/sign-on/ldap/new" look="secondary">
      {t('ldap.add')}
    </ButtonLink>
  )
  return (
    <>
      <PageHeader
        title={t('ldap.title')}
        below={<span className="block max-w-prose">{t('ldap.lead')}</span>}
        actions={directories.length > 0 ? add : null}
      />
      <Card isFlush>
        <Table
          caption={t('ldap.title')}
          rows={directories}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              head: t('ldap.name'),
              isPrimary: true,
              cell: ({ id, name }) => <TextLink to={`/office/settings/sign-on/ldap/${id}`}>{name}</TextLink>,
            },
            { key: 'host', head: t('ldap.host'), cell: ({ host }) => <bdi dir="ltr">{host}</bdi> },
            { key: 'audience', head: t('ldap.audience'), cell: ({ audience }) => t(`ldap.audiences.${audience}`) },
            { key: 'state', head: t('ldap.state'), cell: ({ state }) => <LdapState state={state} /> },
          ]}
          empty={
            <EmptyState title={t('ldap.none')} action={add}>
              {t('ldap.noneText')}
            </EmptyState>
          }
        />
      </Card>
    </>
  )
}
