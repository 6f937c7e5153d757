import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SecuritySection } from '#app/ui/security-section.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { staffOf } from '#app/web/as-staff.server.ts'
import { ownSessions } from '#app/web/own-sign-in.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { securityAction } from '#app/web/security-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { session, membership } = await staffOf(request)
  return {
    email: session.user.email,
    name: session.user.name,
    profile: membership.profile,
    sessions: await ownSessions(request),
    title: await pageTitle(request, 'office', 'nav.ownSignIn'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  await staffOf(request)
  return securityAction(request, '/office/sign-in')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnSignIn() {
  const { name, email, profile, sessions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return (
    <>
      <PageHeader
        title={t('nav.ownSignIn')}
        facts={[
          { label: t('people.name'), value: name },
          { label: t('common:account.email'), value: <bdi dir="ltr">{email}</bdi> },
          { label: t('people.profile'), value: label(`common:profile.${profile}`, profile) },
        ]}
      />
      <div className="max-w-3xl">
        <SecuritySection sessions={sessions} answer={answer} actionPath="/office/sign-in" />
      </div>
    </>
  )
}
