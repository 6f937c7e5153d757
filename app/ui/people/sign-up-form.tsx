import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../base/notice.tsx'
import { TextLink } from '../base/text-link.tsx'
import { CountrySelect } from '../forms/country-select.tsx'
import { Checkbox, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { ProofOfWork } from '../forms/proof-of-work.tsx'
import { RadioCard } from '../forms/radio-card.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type SignUpFormProps = { answer: Parameters<typeof useFieldErrors>[0]; country: string; task: string }

/** Who the buyer is and where: a private person, or a company with its tax id. Company fields appear by the choice alone, without scripts. */
export function SignUpForm({ answer, country, task }: SignUpFormProps) {
  const { t } = useTranslation(['auth', 'common'])
  const { error, typed, hasErrors } = useFieldErrors(answer)
  const isBusiness = typed('kind') === 'business'
  return (
    <Form method="post" className="group/signup grid gap-4">
      <FormToken />
      <ProofOfWork task={task} />
      {hasErrors ? <Notice tone="critical" title={t('common:formError.title')} /> : null}
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 text-sm font-medium">{t('field.kind')}</legend>
        <RadioCard name="kind" value="personal" title={t('kind.personal')} isChosen={!isBusiness} />
        <RadioCard name="kind" value="business" title={t('kind.business')} isChosen={isBusiness} />
      </fieldset>
      <TextInput name="name" label={t('field.name')} autoComplete="name" required defaultValue={typed('name')} error={error('name')} />
      <div className="hidden gap-4 group-has-[#kind-business:checked]/signup:grid">
        <TextInput
          name="companyName"
          label={t('field.companyName')}
          autoComplete="organization"
          defaultValue={typed('companyName')}
          error={error('companyName')}
        />
        <TextInput
          name="vatId"
          label={t('field.vatId')}
          isOptional={t('common:optional')}
          help={t('field.vatIdHelp')}
          defaultValue={typed('vatId')}
          error={error('vatId')}
          dir="ltr"
        />
      </div>
      <TextInput
        name="email"
        type="email"
        label={t('field.email')}
        autoComplete="email"
        required
        defaultValue={typed('email')}
        error={error('email')}
        dir="ltr"
      />
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
      <TextInput
        name="street"
        label={t('field.street')}
        autoComplete="street-address"
        required
        defaultValue={typed('street')}
        error={error('street')}
      />
      <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-4">
        <TextInput
          name="postalCode"
          label={t('field.postalCode')}
          autoComplete="postal-code"
          required
          defaultValue={typed('postalCode')}
          error={error('postalCode')}
        />
        <TextInput
          name="city"
          label={t('field.city')}
          autoComplete="address-level2"
          required
          defaultValue={typed('city')}
          error={error('city')}
        />
      </div>
      <CountrySelect
        name="country"
        label={t('field.country')}
        autoComplete="country"
        defaultValue={typed('country') ?? country}
        error={error('country')}
      />
      <TermsBox error={error('terms')} isTicked={typed('terms') === 'on'} />
      <SubmitButton className="mt-2">{t('signUp.action')}</SubmitButton>
    </Form>
  )
}

function TermsBox({ error, isTicked }: { error: string | undefined; isTicked: boolean }) {
  const { t } = useTranslation(['auth', 'common'])
  return (
    <Checkbox
      name="terms"
      error={error}
      defaultChecked={isTicked}
      label={
        <>
          {t('field.terms')} <TextLink to="/legal/terms">{t('common:footer.terms')}</TextLink> ·{' '}
          <TextLink to="/legal/privacy">{t('common:footer.privacy')}</TextLink>
        </>
      }
    />
  )
}
