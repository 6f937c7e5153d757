import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { languageNames, supportedLanguages } from '#app/i18n/languages.ts'
import { openAccountFor } from '#app/services/people/open-account-for.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CountrySelect, countryCodes } from '#app/ui/forms/country-select.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { email, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'

const kinds = ['personal', 'business'] as const
const AccountForm = z
  .object({
    kind: z.enum(kinds, 'required'),
    name: line(120),
    companyName: line(120).optional(),
    email,
    language: z.enum(supportedLanguages, 'not-offered'),
    street: line(120),
    postalCode: line(16),
    city: line(80),
    country: z.string('required').refine((code) => countryCodes.includes(code), 'required'),
    vatId: z.string().trim().max(20, 'vat-id').optional(),
  })
  .refine(({ kind, companyName }) => kind === 'personal' || Boolean(companyName), { path: ['companyName'], message: 'required' })

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'account:write')
  const { country, language } = tenant
  return { country, language, title: await pageTitle(request, 'staff', 'account.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AccountForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { street, postalCode, city, ...customer } = form.value
  const opened = await asStaff(request, 'account:write', (ctx) =>
    openAccountFor(ctx, { ...customer, addressLines: [street, `${postalCode} ${city}`] }),
  )
  if (opened.ok) return redirectWithToast(request, `/office/accounts/${opened.value.accountId}`, 'mail.sent')
  if (opened.error !== 'already-a-customer') throw refuse(409, opened.error)
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, value ?? '']))
  return data({ fields: { email: opened.error }, values }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewAccount() {
  const { country, language } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['staff', 'access', 'common', 'office'])
  const { error, typed } = useFieldErrors(answer)
  const text = (name: string) => ({ name, defaultValue: typed(name), error: error(name) })
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('office:nav.accounts'), to: '/office/accounts' }]}
        title={t('account.title')}
        below={t('account.lead')}
      />
      <Card className="max-w-3xl">
        <Form method="post" className="grid items-start gap-4 sm:grid-cols-2">
          <FormToken />
          <Select {...text('kind')} label={t('office:accounts.kind')}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`common:accountKind.${kind}`)}
              </option>
            ))}
          </Select>
          <Select {...text('language')} label={t('account.language')} defaultValue={typed('language') ?? language}>
            {supportedLanguages.map((code) => (
              <option key={code} value={code}>
                {languageNames[code]}
              </option>
            ))}
          </Select>
          <TextInput {...text('name')} label={t('access:members.name')} required maxLength={120} />
          <TextInput {...text('email')} type="email" label={t('access:members.email')} required dir="ltr" />
          <TextInput {...text('companyName')} label={t('account.company')} help={t('account.companyHelp')} maxLength={120} />
          <TextInput {...text('vatId')} label={t('account.vatId')} isOptional={t('common:optional')} maxLength={20} dir="ltr" />
          <TextInput {...text('street')} label={t('account.street')} required maxLength={120} />
          <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-4">
            <TextInput {...text('postalCode')} label={t('account.postalCode')} required maxLength={16} />
            <TextInput {...text('city')} label={t('account.city')} required maxLength={80} />
          </div>
          <CountrySelect name="country" label={t('account.country')} defaultValue={typed('country') ?? country} error={error('country')} />
          <div className="sm:col-span-2">
            <SubmitButton>{t('account.open')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
