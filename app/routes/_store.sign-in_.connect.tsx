import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
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
import { safePath } from '#app/web/request/redirects.server.ts'
import { linkHere, takeLinkHere } from '#app/web/sign-in/directory-sign-in.server.ts'

const ProofForm = z.object({ password, code: z.string().trim().max(100).default(''), returnTo: z.string().optional() })
const problemStatus = { 'wrong-credentials': 401, 'wrong-code': 401, 'too-many-attempts': 429 } as const

/** A directory named the address of somebody who is here: that person shows the password once. */
export async function loader({ request }: LoaderFunctionArgs) {
  const link = await linkHere(request)
  if (!link) return redirect('/sign-in?state=step-over')
  return { ...link, title: await pageTitle(request, 'auth', 'connect.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ProofForm)
  if (!form.ok) return data({ fields: form.error }, { status: 422 })
  const { returnTo, ...proof } = form.value
  const taken = await takeLinkHere(request, { ...proof, returnTo: safePath(returnTo, '/sign-in') })
  if (taken.ok) return taken.value
  if (taken.error === 'step-over') return redirect('/sign-in?state=step-over')
  const status = problemStatus[taken.error]
  if (taken.error === 'wrong-code') return data({ fields: { code: taken.error } }, { status })
  return data({ problem: taken.error }, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Connect() {
  const { email, takesCode } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('auth')
  const { error } = useFieldErrors(answer as Parameters<typeof useFieldErrors>[0])
  const [search] = useSearchParams()
  return (
    <NarrowPage title={t('connect.title')} lead={t('connect.lead', { email })}>
      <Form method="post" reloadDocument className="grid gap-4">
        <FormToken />
        <input type="hidden" name="returnTo" value={search.get('returnTo') ?? ''} />
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <TextInput
          name="password"
          type="password"
          label={t('connect.password')}
          autoComplete="current-password"
          required
          error={error('password')}
          dir="ltr"
        />
        {takesCode ? (
          <TextInput
            name="code"
            label={t('connect.code')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            required
            error={error('code')}
            dir="ltr"
          />
        ) : null}
        <SubmitButton className="mt-2">{t('connect.action')}</SubmitButton>
        <p className="text-sm">
          <TextLink to="/forgot">{t('signIn.forgot')}</TextLink>
        </p>
      </Form>
    </NarrowPage>
  )
}
