import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readInvitations } from '#app/reports/members/query.server.ts'
import { listPeople } from '#app/reports/people/list.server.ts'
import type { PersonRow } from '#app/reports/people/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { Invitations } from '#app/ui/people/invitations.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { peopleDeed } from '#app/web/desks/member-deeds.server.ts'
import { houseDesk } from '#app/web/desks/people-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const sides = ['house', 'customer', 'all'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const side = oneOf(sides, search.get('side')) ?? 'house'
  const filter = { search: search.get('search')?.slice(0, 100) || undefined, page: pageOf(search) }
  const page = await asStaff(request, 'staff:read', async (ctx, { can }) => ({
    list: await listPeople(ctx, { ...filter, side: side === 'all' ? undefined : side }),
    invitations: await readInvitations(ctx, null),
    mayWrite: can('staff:write'),
  }))
  return { ...page, filter: { ...filter, side }, title: await pageTitle(request, 'office', 'nav.people') }
}

export function action({ request }: ActionFunctionArgs) {
  return peopleDeed(request, houseDesk(request))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function People() {
  const { list, filter, invitations, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common', 'staff'])
  return (
    <>
      <PageHeader
        title={t('nav.people')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        actions={
          <>
            <ButtonLink to="/office/people/profiles" look="secondary">
              {t('staff:profiles.title')}
            </ButtonLink>
            {mayWrite ? <ButtonLink to="/office/people/invite">{t('staff:invite')}</ButtonLink> : null}
          </>
        }
      />
      {invitations.length > 0 ? (
        <div className="mb-6">
          <Invitations invitations={invitations} mayWrite={mayWrite} />
        </div>
      ) : null}
      <div className="mb-4">
        <FilterBar>
          <CompactInput name="search" type="search" label={t('common:filter.search')} defaultValue={filter.search ?? ''} />
          <CompactSelect name="side" label={t('people.side')} defaultValue={filter.side}>
            {sides.map((side) => (
              <option key={side} value={side}>
                {side === 'all' ? t('common:filter.all') : t(`people.sides.${side}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
      </div>
      <Card isFlush>
        <Table
          caption={t('nav.people')}
          rows={list.rows}
          rowKey={({ membershipId }) => membershipId}
          columns={useColumns(mayWrite)}
          empty={<FilteredEmpty />}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}

function useColumns(mayWrite: boolean): Column<PersonRow>[] {
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  const stateOf = (person: PersonRow) => {
    if (person.isDisabled) return <State tone="critical">{t('people.disabled')}</State>
    if (person.isInvited) return <State tone="info">{t('people.invited')}</State>
    return person.isEmailConfirmed ? (
      <State tone="positive">{t('people.active')}</State>
    ) : (
      <State tone="warning">{t('people.unconfirmed')}</State>
    )
  }
  return [
    {
      key: 'name',
      head: t('people.name'),
      isPrimary: true,
      cell: ({ name, membershipId, account }) =>
        mayWrite && !account ? (
          <TextLink to={`/office/people/${membershipId}`}>{name}</TextLink>
        ) : (
          <span className="font-medium">{name}</span>
        ),
    },
    { key: 'email', head: t('common:account.email'), cell: ({ email }) => <bdi dir="ltr">{email}</bdi> },
    {
      key: 'for',
      head: t('people.for'),
      cell: ({ account }) =>
        account ? (
          <TextLink to={`/office/accounts/${account.id}`} isQuiet>
            {account.name}
          </TextLink>
        ) : (
          t('people.sides.house')
        ),
    },
    {
      key: 'profile',
      head: t('people.profile'),
      cell: ({ profile, isOwnProfile }) => (isOwnProfile ? <bdi>{profile}</bdi> : label(`common:profile.${profile}`, profile)),
    },
    { key: 'state', head: t('accounts.status'), cell: stateOf },
    {
      key: 'last',
      head: t('people.lastSignIn'),
      cell: ({ lastSignIn }) => (lastSignIn ? <DateTime instant={lastSignIn} isShort /> : <span className="text-muted">–</span>),
    },
  ]
}
