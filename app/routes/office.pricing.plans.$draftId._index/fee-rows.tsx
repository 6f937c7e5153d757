import { useTranslation } from 'react-i18next'
import { classNames } from '#app/ui/base/class-names.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import type { FieldsProps } from './model-fields.tsx'
import { textAt, valueAt } from './plan-value.ts'

const kinds = ['setup', 'recurring', 'renewal', 'cancellation'] as const
const units = ['day', 'week', 'month', 'year'] as const

/** The fees of a plan; one without a price is none. */
export function FeeRows({ plan, error }: Omit<FieldsProps, 'at'>) {
  const { t } = useTranslation('pricing')
  const stored = valueAt(plan, 'fees')
  const fees: unknown[] = Array.isArray(stored) ? stored : []
  // Known fees keep their places, so that a refused field is found again; those that are missing follow.
  const known = fees.map((fee) => textAt(fee, 'kind'))
  const rows = [...known, ...kinds.filter((kind) => !known.includes(kind))]
  return (
    <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-3">
      {rows.map((kind, index) => {
        const at = `fees.${index}`
        const isRecurring = kind === 'recurring'
        return (
          // Without its rhythm a fee is one field: the others stand in one row below it.
          <div
            key={kind}
            className={classNames(
              'grid grid-cols-1 items-start gap-4',
              isRecurring && 'order-first sm:col-span-3 sm:grid-cols-2 2xl:grid-cols-4',
            )}
          >
            <input type="hidden" name={`${at}.kind`} value={kind} />
            <TextInput
              name={`${at}.price`}
              label={t(`plans.fees.${kind as 'setup'}`)}
              inputMode="decimal"
              defaultValue={textAt(plan, `${at}.price`)}
              error={error(`${at}.price`) ?? error(`${at}.kind`)}
            />
            {isRecurring ? <Rhythm plan={plan} at={at} error={error} /> : null}
          </div>
        )
      })}
    </div>
  )
}

function Rhythm({ plan, at, error }: FieldsProps) {
  const { t } = useTranslation('pricing')
  return (
    <>
      <TextInput
        name={`${at}.every.count`}
        label={t('plans.every')}
        help={t('plans.everyHelp')}
        inputMode="numeric"
        defaultValue={textAt(plan, `${at}.every.count`)}
        error={error(`${at}.every.count`) ?? error(`${at}.every`)}
      />
      <Select
        name={`${at}.every.unit`}
        label={t('plans.everyUnit')}
        defaultValue={textAt(plan, `${at}.every.unit`)}
        error={error(`${at}.every.unit`)}
      >
        <option value="">{t('plans.billingMonth')}</option>
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {t(`plans.intervals.${unit}`)}
          </option>
        ))}
      </Select>
      <Select name={`${at}.mode`} label={t('plans.mode')} defaultValue={textAt(plan, `${at}.mode`)} error={error(`${at}.mode`)}>
        <option value="">{t('plans.modes.contract')}</option>
        <option value="in-advance">{t('plans.modes.in-advance')}</option>
        <option value="in-arrears">{t('plans.modes.in-arrears')}</option>
      </Select>
    </>
  )
}
