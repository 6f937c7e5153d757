import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import { readMembersPage } from '#app/reports/members/query.server.ts'
import { Invitations } from '#app/ui/people/invitations.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { peopleDeed } from '#app/web/desks/member-deeds.server.ts'
import { accountDesk } from '#app/web/desks/people-desk.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { InviteCard } from './invite-card.tsx'
import { People, Profiles } from './lists.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { membership, session, accountId, can } = await customerOf(request, 'member:read')
  const page = await asSeller(request, (ctx) => readMembersPage(ctx, membership.accountIds))
  return {
    ...page,
    accountId,
    ownUserId: session.user.id,
    mayWrite: can('member:write'),
    givable: page.profiles.filter((profile) => mayGive(membership, profile)),
    title: await pageTitle(request, 'access', 'members.title'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const { membership } = await customerOf(request, 'member:write')
  const { projects } = await asSeller(request, (ctx) => readMembersPage(ctx, membership.accountIds))
  return peopleDeed(
    request,
    accountDesk(request),
    projects.map(({ id }) => id),
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Members() {
  const { members, invitations, profiles, givable, accounts, projects, mayWrite, ownUserId, accountId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('members.title')} below={t('members.lead')} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-6">
          <People members={members} {...{ mayWrite, ownUserId, accountId }} />
          {invitations.length > 0 ? <Invitations invitations={invitations} mayWrite={mayWrite} /> : null}
          <Profiles profiles={profiles} mayWrite={mayWrite} />
        </div>
        {mayWrite ? <InviteCard {...{ accounts, projects, answer }} profiles={givable} /> : null}
      </div>
    </>
  )
}
