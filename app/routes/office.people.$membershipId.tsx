import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import { readMembers, readProfiles } from '#app/reports/members/query.server.ts'
import { readAccessHistory } from '#app/reports/people/history.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { AccessHistory } from '#app/ui/people/access-history.tsx'
import { MemberCards } from '#app/ui/people/member-cards.tsx'
import { MemberTerms } from '#app/ui/people/member-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { memberDeed } from '#app/web/desks/member-deeds.server.ts'
import { houseDesk } from '#app/web/desks/people-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'staff:write', async (ctx, { membership, session }) => {
    const member = orNotFound((await readMembers(ctx, null)).find((one) => one.membershipId === params.membershipId))
    const profiles = (await readProfiles(ctx, null)).filter((profile) => mayGive(membership, profile))
    return { member, profiles, isSelf: member.userId === session.user.id, history: await readAccessHistory(ctx, member.userId) }
  })
  return { ...page, title: await pageTitle(request, 'staff', 'person') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return memberDeed(request, { desk: houseDesk(request), membershipId: params.membershipId ?? '', projectIds: [] })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function StaffMember() {
  const { member, isSelf, profiles, history } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['staff', 'access', 'office'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  const profile = member.isOwnProfile ? member.profile : label(`common:profile.${member.profile}`, member.profile)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.people'), to: '/office/people' }]}
        title={member.name}
        below={<bdi dir="ltr">{member.email}</bdi>}
        facts={[{ label: t('access:members.profile'), value: profile }]}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {problem ? <Notice tone="critical">{label(`staff:problem.${problem}`, problem)}</Notice> : null}
        <MemberCards
          isSelf={isSelf}
          terms={<MemberTerms {...{ profiles, error, typed }} projects={[]} profileId={member.profileId} chosen={null} />}
          removal={{
            title: t(isSelf ? 'leave' : 'access:members.remove'),
            text: t(isSelf ? 'leaveText' : 'removeText', { name: member.name }),
          }}
        />
        {history.length > 0 ? <AccessHistory changes={history} /> : null}
      </div>
    </>
  )
}
