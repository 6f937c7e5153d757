import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { SecuritySection } from '#app/ui/people/security-section.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { ownSecurity } from '#app/web/sign-in/own-sign-in.server.ts'
import { securityAction } from '#app/web/sign-in/security-action.server.ts'

const path = '/panel/security'

export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await customerOf(request)
  return {
    email: session.user.email,
    facts: await ownSecurity(request),
    title: await pageTitle(request, 'person', 'security.title'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  await customerOf(request)
  return securityAction(request, path)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnSignIn() {
  const { email, facts } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('person')
  return (
    <>
      <PageHeader title={t('security.title')} below={<bdi dir="ltr">{email}</bdi>} />
      <SecuritySection facts={facts} answer={answer} actionPath={path} />
    </>
  )
}
