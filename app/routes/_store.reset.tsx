import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { password } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { isLinkGoodHere, setPasswordHere } from '#app/web/sign-in/mailed-links.server.ts'

const purposes = ['reset-password', 'invite'] as const
const ResetForm = z.object({ token: z.string('invalid').max(200, 'invalid'), purpose: z.enum(purposes), password })

/** A mailed link: `?token=…`, with `&purpose=invite` for somebody's first password. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const token = searchParams.get('token') ?? ''
  const purpose = searchParams.get('purpose') === 'invite' ? ('invite' as const) : ('reset-password' as const)
  const isGood = await isLinkGoodHere(request, token, purpose)
  return { token, purpose, isGood, title: await pageTitle(request, 'auth', 'reset.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ResetForm)
  if (!form.ok) return data({ fields: form.error, isGood: true }, { status: 422 })
  const { token, purpose, password: newPassword } = form.value
  const result = await setPasswordHere(request, { token, purpose, newPassword })
  if (result.ok) return redirect('/sign-in?state=password-set')
  if (result.error === 'link-invalid') return data({ fields: {}, isGood: false }, { status: 410 })
  return data({ fields: { password: result.error }, isGood: true }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Reset() {
  const { t } = useTranslation('auth')
  const { token, purpose, isGood } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { error } = useFieldErrors(answer)
  if (!isGood || answer?.isGood === false) {
    return (
      <NarrowPage title={t('reset.title')}>
        <Notice tone="critical" title={t('problem.link-invalid')}>
          <TextLink to="/forgot">{t('forgot.action')}</TextLink>
        </Notice>
      </NarrowPage>
    )
  }
  return (
    <NarrowPage title={t('reset.title')} lead={t(purpose === 'invite' ? 'reset.inviteLead' : 'reset.lead')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="purpose" value={purpose} />
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
        <SubmitButton className="mt-2">{t('reset.action')}</SubmitButton>
      </Form>
    </NarrowPage>
  )
}
