import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readProfiles } from '#app/reports/members/query.server.ts'
import { readAccessHistory } from '#app/reports/people/history.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { AccessHistory } from '#app/ui/people/access-history.tsx'
import { StaffPermissionList } from '#app/ui/people/staff-permissions.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'staff:read', async (ctx, { can }) => ({
    profiles: await readProfiles(ctx, null),
    history: await readAccessHistory(ctx),
    mayWrite: can('staff:write'),
  }))
  return { ...page, title: await pageTitle(request, 'staff', 'profiles.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function StaffProfiles() {
  const { profiles, history, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['staff', 'access', 'office'])
  const label = useLabel()
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.people'), to: '/office/people' }]}
        title={t('profiles.title')}
        below={t('profiles.lead')}
        actions={mayWrite ? <ButtonLink to="/office/people/profiles/new">{t('access:profiles.new')}</ButtonLink> : null}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          {profiles.map(({ id, name, isOwn, isOwner, permissions, members }) => (
            <Card
              key={id}
              title={isOwn ? <bdi>{name}</bdi> : label(`common:profile.${name}`, name)}
              aside={<span className="text-sm text-muted">{t('access:profiles.members', { count: members })}</span>}
            >
              {isOwner ? (
                <p className="text-sm text-muted">{t('access:profiles.everything')}</p>
              ) : (
                <StaffPermissionList permissions={permissions} />
              )}
              {mayWrite && !isOwner ? (
                <p className="mt-3 flex flex-wrap gap-x-4 text-sm">
                  {isOwn ? <TextLink to={`/office/people/profiles/${id}`}>{t('profiles.change')}</TextLink> : null}
                  <TextLink to={`/office/people/profiles/new?from=${id}`}>{t('profiles.copy')}</TextLink>
                </p>
              ) : null}
            </Card>
          ))}
        </div>
        {history.length > 0 ? <AccessHistory changes={history} /> : null}
      </div>
    </>
  )
}
