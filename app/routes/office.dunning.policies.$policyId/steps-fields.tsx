import { useTranslation } from 'react-i18next'
import { dunningActions } from '#app/domain/dunning/policy.ts'
import { type Language, languageNames } from '#app/i18n/languages.ts'
import { Checkbox, Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { places } from './policy-form.ts'

type StepsFieldsProps = {
  readonly languages: readonly Language[]
  value(name: string): string | undefined
  error(name: string): string | undefined
}

/** Room for each step: when, what, what it costs, and the seller's own words. */
export function StepsFields({ languages, value, error }: StepsFieldsProps) {
  const { t } = useTranslation('dunning')
  const field = (name: string) => ({ name, defaultValue: value(name) ?? '', error: error(name) })
  return places.map((place) => (
    <fieldset key={place} className="grid gap-4 border-t border-border pt-5">
      <legend className="font-semibold">{t('step', { place })}</legend>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextInput {...field(`day${place}`)} label={t('field.day')} inputMode="numeric" />
        <Select {...field(`action${place}`)} label={t('field.action')} defaultValue={value(`action${place}`) ?? 'notify'}>
          {dunningActions.map((action) => (
            <option key={action} value={action}>
              {t(`action.${action}`)}
            </option>
          ))}
        </Select>
        <TextInput {...field(`fee${place}`)} label={t('field.fee')} inputMode="decimal" />
        <TextInput {...field(`rate${place}`)} label={t('field.rate')} inputMode="decimal" />
      </div>
      <Checkbox name={`charges${place}`} label={t('field.charges')} value="on" defaultChecked={value(`charges${place}`) === 'on'} />
      <details>
        <summary className="cursor-pointer text-sm text-muted">{t('field.texts')}</summary>
        <div className="mt-3 grid gap-4 lg:grid-cols-2">
          {languages.map((language) => (
            <TextArea key={language} {...field(`text${place}${language}`)} label={languageNames[language]} rows={3} />
          ))}
        </div>
      </details>
    </fieldset>
  ))
}
