import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import { readProfiles } from '#app/reports/members/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { MemberTerms } from '#app/ui/people/member-terms.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { peopleDeed } from '#app/web/desks/member-deeds.server.ts'
import { houseDesk } from '#app/web/desks/people-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const profiles = await asStaff(request, 'staff:write', async (ctx, { membership }) =>
    (await readProfiles(ctx, null)).filter((profile) => mayGive(membership, profile)),
  )
  return { profiles, title: await pageTitle(request, 'staff', 'invite') }
}

export function action({ request }: ActionFunctionArgs) {
  return peopleDeed(request, houseDesk(request))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function InviteStaff() {
  const { profiles } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['staff', 'access', 'office'])
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return (
    <>
      <PageHeader crumbs={[{ label: t('office:nav.people'), to: '/office/people' }]} title={t('invite')} below={t('inviteLead')} />
      <div className="max-w-3xl">
        <Card id="invite">
          <Form method="post" className="grid gap-5">
            <FormToken />
            {problem ? <Notice tone="critical">{t('problem.too-many')}</Notice> : null}
            <TextInput
              name="name"
              label={t('access:members.name')}
              required
              maxLength={200}
              defaultValue={typed('name')}
              error={error('name')}
            />
            <TextInput
              name="email"
              type="email"
              label={t('access:members.email')}
              required
              dir="ltr"
              defaultValue={typed('email')}
              error={error('email')}
            />
            <MemberTerms
              {...{ profiles, error, typed }}
              projects={[]}
              profileId={profiles.find(({ isOwner }) => !isOwner)?.id}
              chosen={null}
            />
            <p className="text-sm">
              <TextLink to="/office/people/profiles">{t('profiles.show')}</TextLink>
            </p>
            <div>
              <SubmitButton>{t('access:members.send')}</SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}
