import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { password } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { invitationHere, joinHere } from '#app/web/sign-in/join.server.ts'

const JoinForm = z.object({ token: z.string('invalid').max(200, 'invalid'), password: password.optional() })

/** A mailed invitation into an account or to staff: `?token=…`. */
export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  return { token, invitation: await invitationHere(request, token), title: await pageTitle(request, 'auth', 'join.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, JoinForm)
  if (!form.ok) return data({ fields: form.error }, { status: 422 })
  const { token, password: newPassword } = form.value
  const joined = await joinHere(request, { token, newPassword })
  if (joined.ok) return redirect(placeAfter(joined.value.accountId === null, newPassword !== undefined))
  if (joined.error === 'link-invalid' || joined.error === 'sign-in-first') return redirect(`/join?token=${encodeURIComponent(token)}`)
  return data({ fields: { password: joined.error === 'password-needed' ? 'required' : joined.error } }, { status: 422 })
}

/** Somebody new signs in first, staff on the way to the office. */
function placeAfter(isHouse: boolean, isNew: boolean): string {
  if (!isNew) return isHouse ? '/office' : '/panel'
  return isHouse ? '/sign-in?state=password-set&returnTo=%2Foffice' : '/sign-in?state=password-set'
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Join() {
  const { token, invitation } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('auth')
  const { error } = useFieldErrors(answer)
  if (!invitation) {
    return (
      <NarrowPage title={t('join.title')}>
        <Notice tone="critical" title={t('problem.link-invalid')}>
          {t('join.askAgain')}
        </Notice>
      </NarrowPage>
    )
  }
  const { accountName, email, hasSignIn, signedInAs } = invitation
  const isOther = hasSignIn && signedInAs !== email
  const returnTo = `/join?token=${encodeURIComponent(token)}`
  return (
    <NarrowPage title={t('join.title')} lead={t('join.lead', { account: accountName, email })}>
      {isOther ? (
        <div className="grid gap-4">
          <Notice tone="info">{t('join.signIn', { email })}</Notice>
          <div>
            <ButtonLink to={`/sign-in?returnTo=${encodeURIComponent(returnTo)}`}>{t('signIn.action')}</ButtonLink>
          </div>
        </div>
      ) : (
        <Form method="post" className="grid gap-4">
          <FormToken />
          <input type="hidden" name="token" value={token} />
          {hasSignIn ? null : (
            <TextInput
              name="password"
              type="password"
              label={t('field.newPassword')}
              autoComplete="new-password"
              required
              minLength={8}
              help={t('field.passwordHelp')}
              error={error('password')}
              dir="ltr"
            />
          )}
          <SubmitButton className="mt-2">{t('join.action', { account: accountName })}</SubmitButton>
        </Form>
      )}
    </NarrowPage>
  )
}
