import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormToken } from '#app/ui/form-token.tsx'
import { NarrowPage } from '#app/ui/narrow-page.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { confirmHere } from '#app/web/mailed-links.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'

const ConfirmForm = z.object({ token: z.string('invalid').max(200, 'invalid') })

/** Opening the link changes nothing: mail scanners open links too. The button does. */
export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  return { token, title: await pageTitle(request, 'auth', 'confirm.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ConfirmForm)
  if (!form.ok) return data({ problem: 'link-invalid' as const }, { status: 422 })
  const result = await confirmHere(request, form.value.token)
  if (!result.ok) return data({ problem: result.error }, { status: 410 })
  return redirect('/sign-in?state=confirmed')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Confirm() {
  const { t } = useTranslation('auth')
  const { token } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <NarrowPage title={t('confirm.title')} lead={t('confirm.lead')}>
      {answer ? (
        <Notice tone="critical" title={t('problem.link-invalid')}>
          <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
        </Notice>
      ) : (
        <Form method="post">
          <FormToken />
          <input type="hidden" name="token" value={token} />
          <SubmitButton>{t('confirm.action')}</SubmitButton>
        </Form>
      )}
    </NarrowPage>
  )
}
