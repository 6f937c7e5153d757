import { useTranslation } from 'react-i18next'
import { meters } from '#app/domain/usage/meters.ts'
import { matchText } from '#app/reports/plans/plan-form.ts'
import { Checkbox, Select, TextInput } from '#app/ui/field.tsx'
import { type FieldsProps, ModelFields } from './model-fields.tsx'
import { textAt, valueAt } from './plan-value.ts'

const figures = ['included', 'quantityStep', 'minimum', 'cap'] as const

/** One price of use: what is metered, by which model, what is included and how the period is limited. */
export function UsagePrice({ plan, at, error }: FieldsProps) {
  const { t } = useTranslation('pricing')
  const text = (field: string) => textAt(plan, `${at}.${field}`)
  return (
    <fieldset className="grid min-w-0 grid-cols-1 items-start gap-4 border-t border-border pt-4 sm:grid-cols-2 xl:grid-cols-3">
      <legend className="sr-only">{text('meter') || t('plans.newPrice')}</legend>
      <Select
        name={`${at}.meter`}
        label={t('plans.meter')}
        defaultValue={text('meter')}
        error={error(`${at}.meter`) ?? error(`${at}.unit`)}
      >
        <option value="">{t('plans.noMeter')}</option>
        {Object.values(meters).map(({ code, unit }) => (
          <option key={code} value={code}>{`${code} (${unit})`}</option>
        ))}
      </Select>
      <TextInput
        name={`${at}.match`}
        label={t('plans.match')}
        help={t('plans.matchHelp')}
        defaultValue={matchText(valueAt(plan, `${at}.match`))}
        error={error(`${at}.match`)}
        dir="ltr"
      />
      <ModelFields plan={plan} at={`${at}.model`} error={error} />
      {figures.map((field) => (
        <TextInput
          key={field}
          name={`${at}.${field}`}
          label={t(`plans.field.${field}`)}
          inputMode="decimal"
          defaultValue={text(field)}
          error={error(`${at}.${field}`)}
        />
      ))}
      <Select
        name={`${at}.includedScope`}
        label={t('plans.scope')}
        defaultValue={text('includedScope')}
        error={error(`${at}.includedScope`)}
      >
        <option value="">{t('plans.scopes.subscription')}</option>
        <option value="resource">{t('plans.scopes.resource')}</option>
        <option value="pool">{t('plans.scopes.pool')}</option>
      </Select>
      <Checkbox
        name={`${at}.rollsOver`}
        label={t('plans.rollsOver')}
        defaultChecked={valueAt(plan, `${at}.rollsOver`) === true}
        error={error(`${at}.rollsOver`)}
      />
    </fieldset>
  )
}
