import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '#app/ui/page-header.tsx'
import { SecuritySection } from '#app/ui/security-section.tsx'
import { customerOf } from '#app/web/as-customer.server.ts'
import { ownSecurity } from '#app/web/own-sign-in.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { securityAction } from '#app/web/security-action.server.ts'

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
