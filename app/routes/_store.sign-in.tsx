import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { signOnChoices } from '#app/reports/sign-on/query.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PasskeySignIn } from '#app/ui/people/passkey-sign-in.tsx'
import { SignOnChoices } from '#app/ui/people/sign-on-choices.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { asSignIn } from '#app/web/request/as-sign-in.server.ts'
import { email, password } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { safePath } from '#app/web/request/redirects.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { signInByPassword } from '#app/web/sign-in/password-sign-in.server.ts'

const SignInForm = z.object({ email, password, returnTo: z.string().optional() })
const problemStatus = { 'wrong-credentials': 401, 'too-many-attempts': 429, 'directory-unavailable': 503 } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await viewerOf(request)
  if (viewer) return redirect(safePath(new URL(request.url).searchParams.get('returnTo'), viewer.hasPanel ? '/panel' : '/office'))
  return { providers: await asSignIn(request, signOnChoices), title: await pageTitle(request, 'auth', 'signIn.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SignInForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })

  const result = await signInByPassword(request, { ...form.value, returnTo: form.value.returnTo })
  if (!result.ok) return data({ problem: result.error, values: { email: form.value.email } }, { status: problemStatus[result.error] })
  return result.value
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page && 'title' in page ? page.title : '' }]

export default function SignIn() {
  const { t } = useTranslation('auth')
  const { providers } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { error, typed } = useFieldErrors(answer as Parameters<typeof useFieldErrors>[0])
  const [search] = useSearchParams()
  const returnTo = search.get('returnTo') ?? ''
  const signUpPath = returnTo ? `/sign-up?returnTo=${encodeURIComponent(returnTo)}` : '/sign-up'
  return (
    <NarrowPage
      title={t('signIn.title')}
      below={
        <p>
          {t('signIn.new')} <TextLink to={signUpPath}>{t('signUp.title')}</TextLink>
        </p>
      }
    >
      <SignOnChoices providers={providers} returnTo={returnTo} />
      <Form method="post" reloadDocument className="grid gap-4">
        <FormToken />
        <input type="hidden" name="returnTo" value={returnTo} />
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <StateNotice state={search.get('state')} />
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
        <TextInput
          name="password"
          type="password"
          label={t('field.password')}
          autoComplete="current-password"
          required
          error={error('password')}
          dir="ltr"
        />
        <SubmitButton className="mt-2">{t('signIn.action')}</SubmitButton>
        <p className="text-sm">
          <TextLink to="/forgot">{t('signIn.forgot')}</TextLink>
        </p>
      </Form>
      <div className="mt-6">
        <PasskeySignIn returnTo={returnTo} />
      </div>
    </NarrowPage>
  )
}

const done = { 'password-set': 'reset.done', confirmed: 'confirm.done', 'address-changed': 'confirm.changed' } as const
const refused = [
  'passkey-refused',
  'too-many-attempts',
  'step-over',
  'directory-unavailable',
  'email-needed',
  'not-admitted',
  'sign-on-cancelled',
] as const

/** What happened on the way here. */
function StateNotice({ state }: { state: string | null }) {
  const { t } = useTranslation('auth')
  const problem = refused.find((name) => name === state)
  if (problem) return <Notice tone="critical">{t(`problem.${problem}`)}</Notice>
  return state !== null && state in done ? <Notice tone="positive">{t(done[state as keyof typeof done])}</Notice> : null
}
