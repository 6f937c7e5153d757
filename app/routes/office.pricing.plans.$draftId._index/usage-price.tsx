import { useTranslation } from 'react-i18next'
import { matchText } from '#app/reports/plans/plan-form.ts'
import { MeterName } from '#app/ui/base/measured.tsx'
import { useMeters } from '#app/ui/base/use-meters.ts'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import { type FieldsProps, ModelFields } from './model-fields.tsx'
import { textAt, valueAt } from './plan-value.ts'

const figures = ['included', 'quantityStep', 'minimum', 'cap'] as const
const fieldNames = [...figures, 'meter', 'unit', 'match', 'includedScope', 'rollsOver', 'model.kind', 'model.unitPrice'] as const

type UsagePriceProps = FieldsProps & { row: number; isStored: boolean }

/** One price of use. What is stored and free is folded away, so that the prices that cost something stand out. */
export function UsagePrice({ plan, at, error, row, isStored }: UsagePriceProps) {
  const { t } = useTranslation('pricing')
  const meter = textAt(plan, `${at}.meter`)
  const hasError = fieldNames.some((field) => error(`${at}.${field}`))
  const isFolded = isStored && row > 0 && !hasError && textAt(plan, `${at}.model.unitPrice`) === '0'
  return (
    <fieldset className="min-w-0 border-t border-border pt-4">
      <legend className="sr-only">{meter || t('plans.newPrice')}</legend>
      <details open={!isFolded}>
        <summary className="cursor-pointer py-1 text-sm font-medium">
          {meter ? <MeterName meter={meter} /> : t('plans.newPrice')}
          {isFolded ? <span className="ms-2 font-normal text-muted">{t('plans.free')}</span> : null}
        </summary>
        <PriceFields plan={plan} at={at} error={error} />
      </details>
    </fieldset>
  )
}

/** What is metered, by which model, what is included and how the period is limited. */
function PriceFields({ plan, at, error }: FieldsProps) {
  const { t } = useTranslation('pricing')
  const meters = useMeters()
  const text = (field: string) => textAt(plan, `${at}.${field}`)
  return (
    <div className="mt-3 grid grid-cols-1 items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
      <Select
        name={`${at}.meter`}
        label={t('plans.meter')}
        defaultValue={text('meter')}
        error={error(`${at}.meter`) ?? error(`${at}.unit`)}
      >
        <option value="">{t('plans.noMeter')}</option>
        {meters.choices(text('meter')).map(({ code, name, unit }) => (
          <option key={code} value={code}>{`${name} (${unit})`}</option>
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
    </div>
  )
}
