import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { staffPermissions } from '#app/domain/tenancy/permissions.ts'
import { readProfiles } from '#app/reports/members/query.server.ts'
import { readAccessHistory } from '#app/reports/people/history.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { AccessHistory } from '#app/ui/people/access-history.tsx'
import { permissionField } from '#app/ui/people/permission-field.ts'
import { StaffPermissionTicks } from '#app/ui/people/staff-permissions.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { profileDeed } from '#app/web/desks/member-deeds.server.ts'
import { houseDesk } from '#app/web/desks/people-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** A profile of the house's own, or `new`; `?from=` names the one that is copied. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const isNew = params.profileId === 'new'
  const from = new URL(request.url).searchParams.get('from')
  const page = await asStaff(request, 'staff:write', async (ctx, { can }) => {
    const profiles = await readProfiles(ctx, null)
    const profile = isNew ? null : orNotFound(profiles.find(({ id, isOwn }) => isOwn && id === params.profileId))
    const given = (profile ?? profiles.find(({ id }) => isNew && id === from))?.permissions ?? []
    return {
      name: profile?.name,
      given,
      grantable: staffPermissions.filter((permission) => can(permission)),
      history: profile ? await readAccessHistory(ctx, profile.id) : [],
    }
  })
  return { ...page, isNew, title: await pageTitle(request, 'access', isNew ? 'profiles.new' : 'profiles.one') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return profileDeed(request, { desk: houseDesk(request), profileId: params.profileId === 'new' ? null : (params.profileId ?? null) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function StaffProfile() {
  const { name, given, grantable, history, isNew } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['staff', 'access', 'office'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  const isTicked = (permission: string) => (answer?.values ? typed(permissionField(permission)) === 'on' : given.includes(permission))
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.people'), to: '/office/people' },
          { label: t('profiles.title'), to: '/office/people/profiles' },
        ]}
        title={name ?? t('access:profiles.new')}
        below={t('profiles.oneLead')}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {problem ? <Notice tone="critical">{label(`staff:problem.${problem}`, problem)}</Notice> : null}
        <Card id="profile">
          <Form method="post" className="grid gap-5">
            <FormToken />
            <TextInput
              name="name"
              label={t('access:profiles.name')}
              required
              maxLength={60}
              defaultValue={typed('name') ?? name}
              error={error('name')}
            />
            <StaffPermissionTicks grantable={grantable} ticked={isTicked} />
            <div className="flex flex-wrap gap-3">
              <SubmitButton name="deed" value="save">
                {t('access:profiles.save')}
              </SubmitButton>
              {isNew ? null : (
                <SubmitButton name="deed" value="remove" look="danger" formNoValidate>
                  {t('access:profiles.remove')}
                </SubmitButton>
              )}
            </div>
          </Form>
        </Card>
        {history.length > 0 ? <AccessHistory changes={history} /> : null}
      </div>
    </>
  )
}
