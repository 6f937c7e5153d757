import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ProfileSection } from '#app/ui/people/profile-section.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { ownProfileFacts, profileAction } from '#app/web/sign-in/profile-action.server.ts'

const path = '/panel/profile'

export async function loader({ request }: LoaderFunctionArgs) {
  await customerOf(request)
  return { facts: await ownProfileFacts(request), title: await pageTitle(request, 'person', 'profile.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  await customerOf(request)
  return profileAction(request, path)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnProfile() {
  const { facts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('person')
  return (
    <>
      <PageHeader title={t('profile.title')} />
      <ProfileSection key={facts.pictureUrl} facts={facts} answer={answer} actionPath={path} />
    </>
  )
}
