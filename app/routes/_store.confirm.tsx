import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { confirmEmailChangeHere, confirmHere } from '#app/web/sign-in/mailed-links.server.ts'

const purposes = ['confirm-email', 'change-email'] as const
const ConfirmForm = z.object({ token: z.string('invalid').max(200, 'invalid'), purpose: z.enum(purposes).default('confirm-email') })

/** Opening the link changes nothing: mail scanners open links too. The button does. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const purpose = searchParams.get('purpose') === 'change-email' ? ('change-email' as const) : ('confirm-email' as const)
  return { token: searchParams.get('token') ?? '', purpose, title: await pageTitle(request, 'auth', 'confirm.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ConfirmForm)
  if (!form.ok) return data({ problem: 'link-invalid' as const }, { status: 422 })
  const { token, purpose } = form.value
  const result = purpose === 'change-email' ? await confirmEmailChangeHere(request, token) : await confirmHere(request, token)
  if (!result.ok) return data({ problem: result.error }, { status: 410 })
  return purpose === 'change-email' ? afterChange(request) : redirect('/sign-in?state=confirmed')
}

/** Whoever is signed in already goes on; anybody else signs in with the new address. */
async function afterChange(request: Request) {
  const viewer = await viewerOf(request)
  if (!viewer) return redirect('/sign-in?state=address-changed')
  return redirectWithToast(request, viewer.hasPanel ? '/panel/profile' : '/office/profile', 'address.changed')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Confirm() {
  const { t } = useTranslation('auth')
  const { token, purpose } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <NarrowPage title={t('confirm.title')} lead={t(purpose === 'change-email' ? 'confirm.changeLead' : 'confirm.lead')}>
      {answer ? (
        <Notice tone="critical" title={t('problem.link-invalid')}>
          <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
        </Notice>
      ) : (
        <Form method="post">
          <FormToken />
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="purpose" value={purpose} />
          <SubmitButton>{t('confirm.action')}</SubmitButton>
        </Form>
      )}
    </NarrowPage>
  )
}
