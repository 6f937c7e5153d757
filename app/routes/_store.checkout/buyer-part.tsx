import { useTranslation } from 'react-i18next'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CountrySelect } from '#app/ui/forms/country-select.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { FieldState } from './checkout-form.tsx'
import type { Estimate } from './estimate.server.ts'

export type KnownBuyer = {
  readonly name?: string
  readonly email?: string
  readonly addressLines?: readonly string[]
  readonly country?: string
  readonly vatId?: string | null
  readonly isConfirmed: boolean
}

/** Who buys, of a customer: as its account says. */
export function BuyerFacts({ buyer }: { readonly buyer: KnownBuyer }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const { name, addressLines = [], country, vatId } = buyer
  return (
    <>
      <address className="text-sm not-italic">
        <span className="block font-medium">
          <bdi>{name}</bdi>
        </span>
        {addressLines.map((line) => (
          <bdi key={line} className="block">
            {line}
          </bdi>
        ))}
        {country ? <span className="block">{format.country(country)}</span> : null}
        {vatId ? (
          <bdi dir="ltr" className="block text-muted">
            {vatId}
          </bdi>
        ) : null}
      </address>
      <p className="text-sm">
        <TextLink to="/panel/account" isOtherArea>
          {t('checkout.toAccount')}
        </TextLink>
      </p>
      {buyer.isConfirmed ? null : <Notice tone="warning">{t('checkout.confirmFirst')}</Notice>}
    </>
  )
}

type BuyerFieldsProps = FieldState & { readonly country: string; readonly vat: Estimate['vat'] }

/** Who buys and where, of a visitor. Company fields appear by the choice alone, without scripts; the country decides the tax. */
export function BuyerFields({ country, vat, typed, error }: BuyerFieldsProps) {
  const { t } = useTranslation(['store', 'auth', 'common'])
  const text = (name: string) => ({ name, defaultValue: typed(name), error: error(name) })
  const isBusiness = typed('kind') === 'business'
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span>{t('order.known')}</span>
        <SubmitButton name="deed" value="sign-in" look="secondary" size="small" formNoValidate>
          {t('order.signIn')}
        </SubmitButton>
      </p>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1.5 text-sm font-medium">{t('auth:field.kind')}</legend>
        <RadioCard name="kind" value="personal" title={t('auth:kind.personal')} isChosen={!isBusiness} />
        <RadioCard name="kind" value="business" title={t('auth:kind.business')} isChosen={isBusiness} />
      </fieldset>
      <TextInput
        {...text('email')}
        type="email"
        label={t('auth:field.email')}
        help={t('checkout.emailHelp')}
        autoComplete="email"
        required
        dir="ltr"
      />
      <TextInput {...text('name')} label={t('auth:field.name')} autoComplete="name" required />
      <div className="hidden group-has-[#kind-business:checked]/checkout:grid">
        <TextInput {...text('companyName')} label={t('auth:field.companyName')} autoComplete="organization" />
      </div>
      <TextInput {...text('street')} label={t('auth:field.street')} autoComplete="street-address" required />
      <div className="grid grid-cols-[8rem_minmax(0,1fr)] gap-4">
        <TextInput {...text('postalCode')} label={t('auth:field.postalCode')} autoComplete="postal-code" required />
        <TextInput {...text('city')} label={t('auth:field.city')} autoComplete="address-level2" required />
      </div>
      <CountrySelect
        name="country"
        label={t('auth:field.country')}
        autoComplete="country"
        defaultValue={typed('country') ?? country}
        error={error('country')}
      />
      <div className="hidden gap-1.5 group-has-[#kind-business:checked]/checkout:grid">
        <TextInput
          {...text('vatId')}
          label={t('auth:field.vatId')}
          isOptional={t('common:optional')}
          help={t('auth:field.vatIdHelp')}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
        />
        <p role="status" className="text-sm font-medium empty:hidden">
          {vat && !error('vatId') ? t(`checkout.vat.${vat}`) : null}
        </p>
      </div>
      <noscript>
        <button type="submit" name="deed" value="quote" formNoValidate className={buttonClasses('secondary', 'small')}>
          {t('checkout.update')}
        </button>
      </noscript>
    </>
  )
}
