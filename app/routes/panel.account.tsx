import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { membersOf } from '#app/reports/people/members.server.ts'
import { AccountFacts, Members } from '#app/ui/account-facts.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { SecuritySection } from '#app/ui/security-section.tsx'
import { asCustomer, customerOf } from '#app/web/as-customer.server.ts'
import { asSeller } from '#app/web/as-seller.server.ts'
import { password } from '#app/web/form-fields.ts'
import { changeOwnPassword, endAllOwnSessions, endOwnSession, ownSessions } from '#app/web/own-sign-in.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'


const SecurityForm = z.object({
  deed: z.enum(['change-password', 'end-session', 'end-all']),
  sessionId: z.string().max(200).optional(),
  currentPassword: password.optional(),
  newPassword: password.optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId } = await customerOf(request)
  const members = await asSeller(request, (ctx) => membersOf(ctx, accountId))
  const profile = orNotFound(await asCustomer(request, (ctx) => readAccountProfile(ctx, accountId, members)))
  return { profile, sessions: await ownSessions(request), title: await pageTitle(request, 'panel', 'nav.account') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SecurityForm)
  if (!form.ok) return data({ fields: form.error }, { status: 422 })

  const { deed, sessionId = '', currentPassword = '', newPassword = '' } = form.value
  if (deed === 'end-session') {
    await endOwnSession(request, sessionId)
    return redirectWithToast(request, '/panel/account', 'session.ended')
  }
  if (deed === 'end-all') {
    await endAllOwnSessions(request)
    return redirect('/sign-in')
  }
  const result = await changeOwnPassword(request, { currentPassword, newPassword })
  if (result.ok) return redirectWithToast(request, '/panel/account', 'password.changed')
  if (result.error === 'wrong-password') return data({ fields: { currentPassword: 'wrong-password' } }, { status: 422 })
  if (result.error === 'too-many-attempts') return data({ fields: { currentPassword: 'too-many-attempts' } }, { status: 429 })
  return data({ fields: { newPassword: result.error } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Account() {
  const { profile, sessions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader title={t('nav.account')} beside={profile.name} below={<PublicId id={profile.publicId} isShort />} />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="grid gap-6">
          <AccountFacts profile={profile} />
          <Members members={profile.members} departments={profile.departments} />
        </div>
        <SecuritySection sessions={sessions} answer={answer} actionPath="/panel/account" />
      </div>
    </>
  )
}
