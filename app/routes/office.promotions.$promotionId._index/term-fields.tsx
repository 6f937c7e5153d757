import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { discountScopes } from '#app/domain/promo/discount.ts'
import { type PromotionKind, promotionKinds } from '#app/domain/promo/promotion.ts'
import type { PromotionChoices } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { useMeters } from '#app/ui/base/use-meters.ts'
import { Checkbox, FieldNote, Select, TextInput } from '#app/ui/forms/field.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import type { EditorFields } from './editor.tsx'
import { amountField } from './promotion-form.ts'

type TermFieldsProps = { fields: EditorFields; choices: PromotionChoices; kind: PromotionKind }

/** What it gives. Only the fields of the chosen kind are shown; without scripts all of them, and the others do not count. */
export function TermFields({ fields, choices, kind }: TermFieldsProps) {
  const { t } = useTranslation('promotion')
  const [isLive, setIsLive] = useState(false)
  useEffect(() => setIsLive(true), [])
  const isShown = (...kinds: PromotionKind[]) => !isLive || kinds.includes(kind)
  return (
    <Card id="terms" title={t('form.terms')}>
      <div className="grid gap-5">
        <div className="grid gap-3 sm:grid-cols-2" role="radiogroup" aria-label={t('form.terms')}>
          {promotionKinds.map((one) => (
            <RadioCard key={one} name="kind" value={one} title={t(`kind.${one}`)} detail={t(`kindText.${one}`)} isChosen={one === kind} />
          ))}
        </div>
        <FieldNote id="kind" error={fields.error('kind')} />
        <div className="grid gap-5 sm:grid-cols-2">
          {isShown('percent') ? <DecimalInput fields={fields} name="percent" label={t('form.percent')} /> : null}
          {isShown('amount') ? <AmountInputs fields={fields} currencies={choices.currencies} /> : null}
          {isShown('free-units') ? <UnitInputs fields={fields} /> : null}
          {isShown('percent', 'free-units', 'free-period') ? (
            <TextInput
              name="periods"
              label={t('form.periods')}
              help={t('form.periodsHelp')}
              inputMode="numeric"
              defaultValue={fields.value('periods')}
              error={fields.error('periods')}
            />
          ) : null}
        </div>
        {isShown('percent', 'amount') ? <ScopeInputs fields={fields} /> : null}
      </div>
    </Card>
  )
}

function DecimalInput({ fields, name, label, help }: { fields: EditorFields; name: string; label: string; help?: string }) {
  return (
    <TextInput
      name={name}
      label={label}
      help={help}
      inputMode="decimal"
      dir="ltr"
      defaultValue={fields.value(name)}
      error={fields.error(name)}
    />
  )
}

function AmountInputs({ fields, currencies }: { fields: EditorFields; currencies: readonly string[] }) {
  const { t } = useTranslation('promotion')
  return currencies.map((currency, at) => (
    <TextInput
      key={currency}
      name={amountField(currency)}
      label={t('form.amount', { currency })}
      help={at === 0 ? t('form.amountHelp') : undefined}
      inputMode="decimal"
      dir="ltr"
      defaultValue={fields.value(amountField(currency))}
      error={at === 0 ? (fields.error('amount') ?? fields.error(amountField(currency))) : fields.error(amountField(currency))}
    />
  ))
}

function UnitInputs({ fields }: { fields: EditorFields }) {
  const { t } = useTranslation('promotion')
  const meters = useMeters()
  const chosen = fields.value('meter') ?? 'traffic.sent'
  return (
    <>
      <Select name="meter" label={t('form.meter')} defaultValue={chosen} error={fields.error('meter')}>
        {meters.choices(chosen).map(({ code, name, unit }) => (
          <option key={code} value={code}>
            {name} ({unit})
          </option>
        ))}
      </Select>
      <DecimalInput fields={fields} name="units" label={t('form.units')} help={t('form.unitsHelp')} />
    </>
  )
}

function ScopeInputs({ fields }: { fields: EditorFields }) {
  const { t } = useTranslation('promotion')
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('form.scopes')}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {discountScopes.map((scope) => {
          const name = `scope${scope[0]?.toUpperCase()}${scope.slice(1)}`
          return (
            <Checkbox
              key={scope}
              name={name}
              label={t(`scope.${scope}`)}
              defaultChecked={fields.value(name) === 'on'}
              error={fields.error(name)}
            />
          )
        })}
      </div>
    </fieldset>
  )
}
