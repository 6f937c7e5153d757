import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readStoreCurrencies } from '#app/reports/store/query.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { countryCodes } from '#app/ui/forms/country-select.tsx'
import { SignUpForm } from '#app/ui/people/sign-up-form.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { registerHere } from '#app/web/request/authentication.server.ts'
import { email, line, password } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { signUpRetry, signUpTask } from '#app/web/server/velocity.server.ts'
import { chosenCurrencyOf } from '#app/web/store/store-currency.server.ts'

const RegistrationForm = z
  .object({
    kind: z.enum(['personal', 'business'], 'required'),
    name: line(120),
    companyName: z.string().trim().max(120, 'too-long').optional(),
    email,
    password,
    street: line(120),
    postalCode: line(16),
    city: line(80),
    country: z.string('required').refine((code) => countryCodes.includes(code), 'required'),
    vatId: z.string().trim().max(20, 'vat-id').optional(),
    terms: z.literal('on', 'terms'),
    proof: z.string().max(2_000).optional(),
  })
  .refine(({ kind, companyName }) => kind === 'personal' || Boolean(companyName), { path: ['companyName'], message: 'required' })

export async function loader({ request }: LoaderFunctionArgs) {
  const { country } = await tenantOf(request)
  const chosen = await chosenCurrencyOf(request)
  const offered = await asVisitor(request, (ctx) => readStoreCurrencies(ctx))
  const currency = offered.length > 1 ? (offered.find((code) => code === chosen) ?? offered[0] ?? null) : null
  return { country, currency, task: await signUpTask(), title: await pageTitle(request, 'auth', 'signUp.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, RegistrationForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })

  const { street, postalCode, city, terms, proof, ...person } = form.value
  const retryAt = await signUpRetry(request, proof)
  if (retryAt) return data({ fields: {}, values: valuesOf(form.value), retryAt }, { status: 429 })
  const result = await registerHere(request, { ...person, addressLines: [street, `${postalCode} ${city}`] })
  if (result.ok) return { isSent: true, email: person.email }
  if (result.error.startsWith('password-'))
    return data({ fields: { password: result.error }, values: valuesOf(form.value) }, { status: 422 })
  if (result.error.includes('vat')) return data({ fields: { vatId: 'vat-id' }, values: valuesOf(form.value) }, { status: 422 })
  throw refuse(409, result.error)
}

/** What was typed, the password left out. */
function valuesOf({ password: _secret, ...typed }: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SignUp() {
  const { t } = useTranslation('auth')
  const { country, currency, task } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer && 'isSent' in answer) {
    return (
      <NarrowPage title={t('signUp.sentTitle')} lead={t('signUp.sentText', { email: answer.email })}>
        <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
      </NarrowPage>
    )
  }
  return (
    <NarrowPage
      title={t('signUp.title')}
      lead={t('signUp.lead')}
      below={
        <p>
          {t('signUp.known')} <TextLink to="/sign-in">{t('signIn.title')}</TextLink>
        </p>
      }
    >
      {currency ? <p className="mb-6 text-sm text-muted">{t('signUp.currency', { currency })}</p> : null}
      {answer && 'retryAt' in answer ? (
        <div className="mb-6">
          <Notice tone="warning" title={t('signUp.tooMany')}>
            {t('signUp.again')} <DateTime instant={answer.retryAt} />
          </Notice>
        </div>
      ) : null}
      <SignUpForm answer={answer} country={country} task={task} />
    </NarrowPage>
  )
}
