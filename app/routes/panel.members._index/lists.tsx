import { useTranslation } from 'react-i18next'
import type { PanelMember, ShownProfile } from '#app/reports/members/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { PermissionWords } from '#app/ui/people/permission-list.tsx'
import { Table } from '#app/ui/tables/table.tsx'

type PeopleProps = {
  readonly members: readonly PanelMember[]
  readonly mayWrite: boolean
  readonly ownUserId: string
  readonly accountId: string
}

/** Who has access, as what, and to what. */
export function People({ members, mayWrite, ownUserId, accountId }: PeopleProps) {
  const { t } = useTranslation('access')
  const label = useLabel()
  const hasDepartments = members.some((member) => member.accountId !== accountId)
  return (
    <Card id="people" title={t('members.people')} isFlush>
      <Table
        caption={t('members.people')}
        rows={members}
        rowKey={({ membershipId }) => membershipId}
        columns={[
          {
            key: 'name',
            head: t('members.name'),
            isPrimary: true,
            isLong: true,
            cell: ({ membershipId, userId, name, email }) => (
              <>
                {mayWrite ? <TextLink to={`/panel/members/${membershipId}`}>{name}</TextLink> : <span className="font-medium">{name}</span>}
                {userId === ownUserId ? <span className="text-muted"> ({t('members.you')})</span> : null}
                <bdi dir="ltr" className="block text-muted wrap-anywhere">
                  {email}
                </bdi>
              </>
            ),
          },
          ...(hasDepartments
            ? [{ key: 'for', head: t('members.for'), isLong: true, cell: ({ accountName }: PanelMember) => <bdi>{accountName}</bdi> }]
            : []),
          { key: 'profile', head: t('members.profile'), cell: ({ profile }) => label(`common:profile.${profile}`, profile) },
          {
            key: 'sees',
            head: t('members.sees'),
            isLong: true,
            cell: ({ isLimited, projectNames }) => (isLimited ? <bdi>{projectNames.join(', ') || '–'}</bdi> : t('members.seesAll')),
          },
        ]}
      />
    </Card>
  )
}

/** The sets of permissions that people can have. */
export function Profiles({ profiles, mayWrite }: { profiles: readonly ShownProfile[]; mayWrite: boolean }) {
  const { t } = useTranslation('access')
  const label = useLabel()
  return (
    <Card
      id="profiles"
      title={t('profiles.title')}
      isFlush
      aside={
        mayWrite ? (
          <ButtonLink to="/panel/members/profiles/new" look="secondary" size="small">
            {t('profiles.new')}
          </ButtonLink>
        ) : null
      }
    >
      <ul className="divide-y divide-border border-t border-border text-sm">
        {profiles.map(({ id, name, isOwn, isOwner, permissions, members }) => (
          <li key={id} className="px-card py-3">
            <span className="flex flex-wrap justify-between gap-x-4">
              {isOwn && mayWrite ? (
                <TextLink to={`/panel/members/profiles/${id}`}>{name}</TextLink>
              ) : (
                <span className="font-medium">{isOwn ? name : label(`common:profile.${name}`, name)}</span>
              )}
              <span className="text-muted">{t('profiles.members', { count: members })}</span>
            </span>
            <span className="mt-1 block text-muted">
              {isOwner ? t('profiles.everything') : <PermissionWords permissions={permissions} />}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
