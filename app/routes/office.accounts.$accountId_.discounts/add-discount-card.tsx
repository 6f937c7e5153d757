import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { discountScopes } from '#app/domain/promo/discount.ts'
import type { PromotionChoices } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type Values = Readonly<Record<string, string | undefined>>
type AddDiscountCardProps = { choices: PromotionChoices; values: Values | undefined; error: (name: string) => string | undefined }

/** Agrees a discount with this customer: a percentage, or an amount that is used up invoice by invoice. */
export function AddDiscountCard({ choices, values, error }: AddDiscountCardProps) {
  const { t } = useTranslation(['promotion', 'common'])
  const at: Values = values ?? { method: 'percent', scopeRecurring: 'on', isStackable: 'on', from: choices.today }
  const field = (name: string) => ({ name, defaultValue: at[name], error: error(name) })
  return (
    <Card id="add-discount" title={t('special.add')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput {...field('name')} label={t('form.name')} help={t('form.nameHelp')} required maxLength={120} />
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4">
          <Select {...field('method')} label={t('special.method')}>
            <option value="percent">{t('kind.percent')}</option>
            <option value="amount">{t('kind.amount')}</option>
          </Select>
          <TextInput {...field('value')} label={t('special.value')} inputMode="decimal" dir="ltr" required />
        </div>
        <Select {...field('currency')} label={t('campaign.currency')} help={t('special.currencyHelp')}>
          <CurrencyOptions codes={choices.currencies} />
        </Select>
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t('form.scopes')}</legend>
          <div className="grid gap-2">
            {discountScopes.map((scope) => {
              const name = `scope${scope[0]?.toUpperCase()}${scope.slice(1)}`
              return <Checkbox key={scope} name={name} label={t(`scope.${scope}`)} defaultChecked={at[name] === 'on'} error={error(name)} />
            })}
          </div>
        </fieldset>
        <TextInput {...field('productGroups')} label={t('form.productGroups')} isOptional={t('common:optional')} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput {...field('from')} type="date" label={t('form.startsOn')} required />
          <TextInput {...field('to')} type="date" label={t('form.endsOn')} isOptional={t('common:optional')} />
        </div>
        <Checkbox name="isStackable" label={t('form.isStackable')} defaultChecked={at.isStackable === 'on'} />
        <TextInput {...field('reason')} label={t('special.reason')} help={t('special.reasonHelp')} required maxLength={200} />
        <SubmitButton>{t('special.addDeed')}</SubmitButton>
      </Form>
    </Card>
  )
}
