import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, toDecimal } from '#app/domain/money/money.ts'
import { givenKinds, grantScopes } from '#app/domain/wallet/credit-grant.ts'
import { type PaymentMode, paymentModes } from '#app/domain/wallet/payment-mode.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = Parameters<typeof useFieldErrors>[0]

/** Gives an account credit, with a reason and, where it shall end, its last day. */
export function GiveCreditCard({ formKey, currencies, answer }: { formKey: string; currencies: readonly string[]; answer: Answer }) {
  const { t } = useTranslation(['payment', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? '' })
  return (
    <Card id="give" title={t('balance.give.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="formKey" value={formKey} />
        <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-4">
          <TextInput {...field('amount')} label={t('amount')} inputMode="decimal" dir="ltr" required maxLength={20} />
          <Select {...field('currency')} defaultValue={typed('currency') ?? currencies[0]} label={t('currency')}>
            <CurrencyOptions codes={currencies} />
          </Select>
        </div>
        <Select {...field('kind')} defaultValue={typed('kind') ?? givenKinds[0]} label={t('balance.what')}>
          {givenKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`balance.kind.${kind}`)}
            </option>
          ))}
        </Select>
        <Select {...field('scope')} defaultValue={typed('scope') ?? grantScopes[0]} label={t('balance.give.scope')}>
          {grantScopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`balance.scope.${scope}`)}
            </option>
          ))}
        </Select>
        <TextInput
          {...field('products')}
          label={t('balance.give.products')}
          help={t('balance.give.productsHelp')}
          isOptional={t('common:optional')}
          dir="ltr"
          maxLength={1_000}
        />
        <TextInput {...field('expiresOn')} type="date" label={t('balance.give.expiresOn')} isOptional={t('common:optional')} />
        <TextInput {...field('reason')} label={t('balance.give.reason')} help={t('balance.give.reasonHelp')} required maxLength={200} />
        <div>
          <SubmitButton name="deed" value="give">
            {t('balance.give.submit')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

type Contract = { readonly id: string; readonly mode: PaymentMode; readonly trialEndsOn: string | null }

/** When the contract pays: after use, ahead, or on trial until a day. */
export function ModeCard({ contract, answer }: { contract: Contract; answer: Answer }) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="mode-card" title={t('balance.mode.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="contractId" value={contract.id} />
        <Select name="mode" defaultValue={typed('mode') ?? contract.mode} label={t('balance.mode.label')} help={t('balance.mode.help')}>
          {paymentModes.map((mode) => (
            <option key={mode} value={mode}>
              {t(`balance.mode.${mode}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="trialEndsOn"
          type="date"
          defaultValue={typed('trialEndsOn') ?? contract.trialEndsOn ?? ''}
          label={t('balance.mode.trialEndsOn')}
          error={error('trialEndsOn')}
        />
        <div>
          <SubmitButton name="deed" value="mode" look="secondary">
            {t('balance.auto.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** Above which amount a second person approves credit; nobody is asked without one. */
export function LimitCard({ limit, answer }: { limit: { readonly currency: string; readonly amount: MoneyValue | null }; answer: Answer }) {
  const { t } = useTranslation(['payment', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="limit-card" title={t('balance.limit.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput
          name="limit"
          defaultValue={typed('limit') ?? (limit.amount ? toDecimal(limit.amount).toFixed() : '')}
          label={t('balance.limit.label', { currency: limit.currency })}
          help={t('balance.limit.help')}
          error={error('limit')}
          isOptional={t('common:optional')}
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
        />
        <div>
          <SubmitButton name="deed" value="limit" look="secondary">
            {t('balance.auto.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
