import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import { readMembersPage } from '#app/reports/members/query.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { MemberCards } from '#app/ui/people/member-cards.tsx'
import { MemberTerms } from '#app/ui/people/member-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { memberDeed } from '#app/web/desks/member-deeds.server.ts'
import { accountDesk } from '#app/web/desks/people-desk.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

async function readMember(request: Request, membershipId: string | undefined) {
  const { membership, session } = await customerOf(request, 'member:write')
  const page = await asSeller(request, (ctx) => readMembersPage(ctx, membership.accountIds))
  const member = orNotFound(page.members.find((one) => one.membershipId === membershipId))
  return {
    member,
    isSelf: member.userId === session.user.id,
    profiles: page.profiles.filter((profile) => mayGive(membership, profile)),
    projects: page.projects.filter(({ accountId }) => accountId === member.accountId),
  }
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const page = await readMember(request, params.membershipId)
  return { ...page, title: await pageTitle(request, 'access', 'members.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { member, projects } = await readMember(request, params.membershipId)
  return memberDeed(request, { desk: accountDesk(request), membershipId: member.membershipId, projectIds: projects.map(({ id }) => id) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Member() {
  const { member, isSelf, profiles, projects } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('panel:nav.account'), to: '/panel/account' },
          { label: t('members.title'), to: '/panel/members' },
        ]}
        title={member.name}
        below={<bdi dir="ltr">{member.email}</bdi>}
        facts={[
          { label: t('members.for'), value: <bdi>{member.accountName}</bdi> },
          { label: t('members.profile'), value: label(`common:profile.${member.profile}`, member.profile) },
        ]}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {problem ? <Notice tone="critical">{label(`access:members.problem.${problem}`, problem)}</Notice> : null}
        <MemberCards
          isSelf={isSelf}
          terms={
            <MemberTerms
              {...{ profiles, projects, error, typed }}
              profileId={member.profileId}
              chosen={member.isLimited ? member.projectIds : null}
            />
          }
          removal={{
            title: t(isSelf ? 'members.leave' : 'members.remove'),
            text: t(isSelf ? 'members.leaveText' : 'members.removeText', { name: member.name }),
          }}
        />
      </div>
    </>
  )
}
