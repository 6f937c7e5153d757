import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CompactSelect } from './compact-field.tsx'

type ChoiceFilterProps<Choice extends string> = {
  name: string
  label: ReactNode
  choices: readonly Choice[]
  chosen: Choice | undefined
  wordOf: (choice: Choice) => string
  hasAll?: boolean
}

/** One of some choices of a filter bar, or all unless one has to be. It shows what the address says, also after the reader goes back. */
export function ChoiceFilter<Choice extends string>({ name, label, choices, chosen, wordOf, hasAll = true }: ChoiceFilterProps<Choice>) {
  const { t } = useTranslation('common')
  return (
    <CompactSelect name={name} label={label} defaultValue={chosen ?? ''} key={`${name}-${chosen}`}>
      {hasAll ? <option value="">{t('filter.all')}</option> : null}
      {choices.map((choice) => (
        <option key={choice} value={choice} suppressHydrationWarning>
          {wordOf(choice)}
        </option>
      ))}
    </CompactSelect>
  )
}
