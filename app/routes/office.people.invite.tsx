import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import { readProfiles } from '#app/reports/members/query.server.ts'
import { Card } from '#app/ui/card.tsx'
import { TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { MemberTerms } from '#app/ui/member-terms.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { peopleDeed } from '#app/web/member-deeds.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { houseDesk } from '#app/web/people-desk.server.ts'

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
