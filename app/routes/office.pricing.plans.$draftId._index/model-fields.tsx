import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { priceModelKinds } from '#app/domain/pricing/models/price-model.ts'
import { modelFields } from '#app/reports/plans/plan-form.ts'
import { Button } from '#app/ui/base/button.tsx'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { rowsAt, textAt } from './plan-value.ts'

export type FieldsProps = { plan: unknown; at: string; error: (name: string) => string | undefined }
type ModelKind = keyof typeof modelFields

/** Picks the model of a price and asks for its parameters. Without scripts, saving shows the fields of another model. */
export function ModelFields({ plan, at, error }: FieldsProps) {
  const { t } = useTranslation('pricing')
  const stored = textAt(plan, `${at}.kind`)
  const [kind, setKind] = useState<ModelKind>(Object.hasOwn(modelFields, stored) ? (stored as ModelKind) : 'per-unit')
  const fields: readonly string[] = modelFields[kind]
  return (
    <>
      <Select
        name={`${at}.kind`}
        label={t('plans.model')}
        value={kind}
        onChange={(event) => setKind(event.target.value as ModelKind)}
        error={error(`${at}.kind`)}
      >
        {priceModelKinds.map((each) => (
          <option key={each} value={each}>
            {t(`plans.models.${each}`)}
          </option>
        ))}
      </Select>
      {fields.includes('tiers') ? (
        <TierRows plan={plan} at={`${at}.tiers`} error={error} hasUnitPrice={kind !== 'stairstep'} />
      ) : (
        fields.map((field) => (
          <TextInput
            key={`${kind}.${field}`}
            name={`${at}.${field}`}
            label={t(`plans.field.${field as 'amount'}`)}
            inputMode="decimal"
            defaultValue={textAt(plan, `${at}.${field}`)}
            error={error(`${at}.${field}`)}
          />
        ))
      )}
    </>
  )
}

/** The steps of a price, with room for more. The last one has no end. */
function TierRows({ plan, at, error, hasUnitPrice }: FieldsProps & { hasUnitPrice: boolean }) {
  const { t } = useTranslation('pricing')
  const [rows, setRows] = useState(Math.max(rowsAt(plan, at), 1) + 1)
  const columns = hasUnitPrice ? (['upTo', 'unitPrice', 'flat'] as const) : (['upTo', 'flat'] as const)
  return (
    <fieldset className="col-span-full grid min-w-0 grid-cols-1 gap-2">
      <legend className="mb-2 text-sm font-medium">{t('plans.tiers')}</legend>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place -- nothing else names it
        <div key={row} className="flex flex-wrap gap-2">
          {columns.map((column) => {
            const name = `${at}.${row}.${column}`
            const problem = error(name)
            return (
              <div key={column}>
                <CompactInput
                  name={name}
                  label={t(`plans.field.${column}`)}
                  inputMode="decimal"
                  placeholder={column === 'upTo' ? '∞' : undefined}
                  defaultValue={textAt(plan, name)}
                  aria-invalid={problem ? true : undefined}
                  className="w-32"
                />
                {problem ? <p className="mt-1 max-w-40 text-xs text-critical">{problem}</p> : null}
              </div>
            )
          })}
        </div>
      ))}
      <div>
        <Button type="button" look="secondary" size="small" onClick={() => setRows(rows + 1)}>
          {t('plans.addTier')}
        </Button>
      </div>
    </fieldset>
  )
}
