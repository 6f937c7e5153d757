import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PasskeySignIn } from '#app/ui/people/passkey-sign-in.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { secondStepHere, takeSecondStepHere } from '#app/web/request/authentication.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { safePath } from '#app/web/request/redirects.server.ts'

const CodeForm = z.object({ code: z.string('required').trim().min(1, 'required').max(100, 'wrong-code'), returnTo: z.string().optional() })

/** The second step of a sign-in. Who comes without the first one begins with it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const step = await secondStepHere(request)
  if (!step) return redirect('/sign-in')
  return { takesCodes: step.takesCodes, title: await pageTitle(request, 'auth', 'secondStep.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, CodeForm)
  if (!form.ok) return data({ fields: form.error }, { status: 422 })
  const result = await takeSecondStepHere(request, form.value.code)
  if (result.ok) return redirect(safePath(form.value.returnTo, '/sign-in'), { headers: result.value })
  if (result.error === 'step-over') return redirect('/sign-in?state=step-over')
  return data({ fields: { code: result.error } }, { status: result.error === 'too-many-attempts' ? 429 : 401 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SecondStep() {
  const { t } = useTranslation('auth')
  const { takesCodes } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { error } = useFieldErrors(answer)
  const [search] = useSearchParams()
  const returnTo = search.get('returnTo') ?? ''
  return (
    <NarrowPage title={t('secondStep.title')} lead={t(takesCodes ? 'secondStep.lead' : 'secondStep.passkeyLead')}>
      <div className="grid gap-6">
        {takesCodes ? (
          <Form method="post" reloadDocument className="grid gap-4">
            <FormToken />
            <input type="hidden" name="returnTo" value={returnTo} />
            <TextInput
              name="code"
              label={t('secondStep.code')}
              help={t('secondStep.codeHelp')}
              autoComplete="one-time-code"
              autoCapitalize="none"
              maxLength={40}
              required
              error={error('code')}
              dir="ltr"
            />
            <SubmitButton className="mt-2">{t('signIn.action')}</SubmitButton>
          </Form>
        ) : null}
        <PasskeySignIn returnTo={returnTo} />
        <p className="text-sm">
          <TextLink to="/sign-in">{t('secondStep.back')}</TextLink>
        </p>
      </div>
    </NarrowPage>
  )
}
