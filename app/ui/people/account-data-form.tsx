import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { languageNames, supportedLanguages } from '#app/i18n/languages.ts'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { CountrySelect } from '../forms/country-select.tsx'
import { Select, TextArea, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type Data = {
  readonly kind: string
  readonly name: string
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId: string | null
}
type Answer = Parameters<typeof useFieldErrors>[0]

/** Company and contact data to edit; the same for a customer and for staff. */
export function AccountDataForm({ account, answer }: { readonly account: Data; readonly answer: Answer }) {
  const { t } = useTranslation(['access', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="company" title={t('company.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput
          name="name"
          label={t('company.name')}
          required
          maxLength={200}
          defaultValue={typed('name') ?? account.name}
          error={error('name')}
        />
        <TextInput
          name="email"
          type="email"
          label={t('company.email')}
          required
          dir="ltr"
          defaultValue={typed('email') ?? account.email}
          error={error('email')}
        />
        <TextArea
          name="address"
          label={t('company.address')}
          help={t('company.addressHelp')}
          required
          maxLength={500}
          defaultValue={typed('address') ?? account.addressLines.join('\n')}
          error={error('address')}
        />
        <CountrySelect
          name="country"
          label={t('company.country')}
          defaultValue={typed('country') ?? account.country}
          error={error('country')}
        />
        {account.kind === 'personal' ? null : (
          <TextInput
            name="vatId"
            label={t('company.vatId')}
            isOptional={t('common:optional')}
            dir="ltr"
            maxLength={40}
            defaultValue={typed('vatId') ?? account.vatId ?? ''}
            error={error('vatId')}
          />
        )}
        <Select
          name="language"
          label={t('company.language')}
          defaultValue={typed('language') ?? account.language}
          error={error('language')}
        >
          {supportedLanguages.map((language) => (
            <option key={language} value={language}>
              {languageNames[language]}
            </option>
          ))}
        </Select>
        <div>
          <SubmitButton>{t('company.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

const fieldKeys = {
  name: 'company.name',
  email: 'company.email',
  language: 'company.language',
  country: 'company.country',
  addressLines: 'company.address',
  vatId: 'company.vatId',
} as const

type Change = {
  readonly id: string
  readonly at: Date
  readonly by: string | null
  readonly isBySeller: boolean
  readonly changes: readonly { readonly field: keyof typeof fieldKeys; readonly before: string; readonly after: string }[]
}

/** Who changed what, and what it was before. */
export function AccountDataHistory({ history }: { readonly history: readonly Change[] }) {
  const { t } = useTranslation('access')
  return (
    <Card id="history" title={t('company.history')} isFlush>
      {history.length === 0 ? <p className="px-card pb-card text-sm text-muted">{t('company.noHistory')}</p> : null}
      <ul className="divide-y divide-border border-t border-border text-sm">
        {history.map(({ id, at, by, changes }) => (
          <li key={id} className="px-card py-3">
            <span className="text-muted">
              <DateTime instant={at} /> {by ? t('company.byStaff', { name: by }) : t('company.bySeller')}
            </span>
            <dl className="mt-1 grid gap-1">
              {changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt className="inline text-muted">{t(fieldKeys[field])}: </dt>
                  <dd className="inline wrap-anywhere">
                    <bdi>{after || t('company.empty')}</bdi>{' '}
                    <span className="text-muted">({t('company.was', { value: before || t('company.empty') })})</span>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  )
}
