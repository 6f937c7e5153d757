import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { customerPermissions } from '#app/domain/tenancy/permissions.ts'
import { readProfiles } from '#app/reports/members/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { permissionField } from '#app/ui/people/permission-field.ts'
import { PermissionTicks } from '#app/ui/people/permission-list.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { profileDeed } from '#app/web/desks/member-deeds.server.ts'
import { accountDesk } from '#app/web/desks/people-desk.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { accountId, can } = await customerOf(request, 'member:write')
  const profiles = await asSeller(request, (ctx) => readProfiles(ctx, [accountId]))
  const isNew = params.profileId === 'new'
  const profile = isNew ? null : orNotFound(profiles.find(({ id, isOwn }) => isOwn && id === params.profileId))
  const grantable = customerPermissions.filter((permission) => can(permission))
  return { profile, grantable, title: await pageTitle(request, 'access', isNew ? 'profiles.new' : 'profiles.one') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return profileDeed(request, { desk: accountDesk(request), profileId: params.profileId === 'new' ? null : (params.profileId ?? null) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Profile() {
  const { profile, grantable } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  const isTicked = (permission: string) =>
    answer?.values ? typed(permissionField(permission)) === 'on' : (profile?.permissions.includes(permission) ?? false)
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('panel:nav.account'), to: '/panel/account' },
          { label: t('members.title'), to: '/panel/members' },
        ]}
        title={profile?.name ?? t('profiles.new')}
        below={t('profiles.lead')}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {problem ? <Notice tone="critical">{label(`access:profiles.problem.${problem}`, problem)}</Notice> : null}
        <Card>
          <Form method="post" className="grid gap-5">
            <FormToken />
            <TextInput
              name="name"
              label={t('profiles.name')}
              required
              maxLength={60}
              defaultValue={typed('name') ?? profile?.name}
              error={error('name')}
            />
            <PermissionTicks grantable={grantable} ticked={isTicked} />
            <div className="flex flex-wrap gap-3">
              <SubmitButton name="deed" value="save">
                {t('profiles.save')}
              </SubmitButton>
              {profile ? (
                <SubmitButton name="deed" value="remove" look="danger" formNoValidate>
                  {t('profiles.remove')}
                </SubmitButton>
              ) : null}
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}
