import { useTranslation } from 'react-i18next'
import { trialUses } from '#app/domain/catalog/trial-terms.ts'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'

const limits = ['trialServers', 'trialVcpus', 'trialDiskGib', 'trialTrafficGb'] as const
type TrialField = 'trialDays' | 'trialUse' | (typeof limits)[number]
type Field = { readonly name: string; readonly error: string | undefined; readonly defaultValue: string | number }
type TrialFieldsProps = {
  readonly field: (name: TrialField, known?: string | number | null) => Field
  readonly spec: ProductDetail['spec'] | undefined
}

/** How long a product may be tried, how much of it at most, and whether more than once. */
export function TrialFields({ field, spec }: TrialFieldsProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const optional = t('common:optional')
  return (
    <>
      <TextInput
        {...field('trialDays', spec?.trialDays)}
        label={t('products.trial.trialDays')}
        help={t('products.trial.help')}
        isOptional={optional}
        type="number"
        min={1}
        max={366}
      />
      {limits.map((name) => (
        <TextInput
          key={name}
          {...field(name, spec?.[name])}
          label={t(`products.trial.${name}`)}
          isOptional={optional}
          type="number"
          min={1}
        />
      ))}
      <Select {...field('trialUse', spec?.trialUse ?? 'again')} label={t('products.trial.trialUse')} help={t('products.trial.useHelp')}>
        {trialUses.map((use) => (
          <option key={use} value={use}>
            {t(`products.trial.uses.${use}`)}
          </option>
        ))}
      </Select>
    </>
  )
}
