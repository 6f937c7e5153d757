import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { email } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { requestResetHere } from '#app/web/sign-in/mailed-links.server.ts'
import { keepersHere } from '#app/web/sign-in/password-sign-in.server.ts'

const ForgotForm = z.object({ email })

export const loader = async ({ request }: LoaderFunctionArgs) => ({ title: await pageTitle(request, 'auth', 'forgot.title') })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ForgotForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  await requestResetHere(request, form.value.email)
  return { isSent: true, email: form.value.email, keepers: await keepersHere(request, form.value.email) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Forgot() {
  const { t } = useTranslation('auth')
  const answer = useActionData<typeof action>()
  const { error, typed } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  if (answer && 'isSent' in answer) {
    return (
      <NarrowPage title={t('forgot.sentTitle')} lead={t('forgot.sentText', { email: answer.email })}>
        {answer.keepers.length > 0 ? (
          <div className="mb-6">
            <Notice tone="info">{t('forgot.keptElsewhere', { names: answer.keepers.join(', ') })}</Notice>
          </div>
        ) : null}
        <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
      </NarrowPage>
    )
  }
  return (
    <NarrowPage title={t('forgot.title')} lead={t('forgot.lead')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <TextInput
          name="email"
          type="email"
          label={t('field.email')}
          autoComplete="username"
          required
          defaultValue={typed('email')}
          error={error('email')}
          dir="ltr"
        />
        <SubmitButton className="mt-2">{t('forgot.action')}</SubmitButton>
      </Form>
    </NarrowPage>
  )
}
