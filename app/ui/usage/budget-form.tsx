import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type HardStop, hardStops, thresholds } from '#app/domain/budget/budget.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { Checkbox, Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type ChangedBudget = {
  readonly name: string
  readonly amount: Money
  readonly thresholds: readonly number[]
  readonly tellsForecast: boolean
  readonly allowsOver: boolean
  readonly hardStop: HardStop
}

type BudgetFormProps = {
  /** What is changed; none for a new one. */
  budget?: ChangedBudget
  answer: Parameters<typeof useFieldErrors>[0]
  /** What has to be typed before a budget may stop anything. */
  confirmWith: string
  /** Fields that a new budget has beside those of every one. */
  children?: ReactNode
}

/** What a budget is, when it tells, and what happens when it is used up: nothing, unless its owner types that it shall. */
export function BudgetForm({ budget, answer, confirmWith, children }: BudgetFormProps) {
  const { t } = useTranslation('budget')
  const { error, typed } = useFieldErrors(answer)
  const isFirst = answer?.values === undefined
  const isTicked = (name: string, usual: boolean) => (isFirst ? usual : typed(name) === 'on')
  return (
    <Form method="post" className="grid gap-5">
      <FormToken />
      <TextInput name="name" label={t('name')} required maxLength={80} defaultValue={typed('name') ?? budget?.name} error={error('name')} />
      {children}
      <TextInput
        name="amount"
        label={t('amount')}
        help={t('amountHelp')}
        inputMode="decimal"
        required
        defaultValue={typed('amount') ?? (budget ? toDecimal(budget.amount).toFixed() : undefined)}
        error={error('amount')}
      />
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">{t('tell')}</legend>
        {thresholds.map((share) => (
          <Checkbox
            key={share}
            name={`at${share}`}
            label={t(`steps.${share}`)}
            defaultChecked={isTicked(`at${share}`, budget ? budget.thresholds.includes(share) : true)}
          />
        ))}
        <Checkbox
          name="tellsForecast"
          label={t('steps.forecast')}
          defaultChecked={isTicked('tellsForecast', budget?.tellsForecast ?? true)}
        />
      </fieldset>
      <Checkbox name="allowsOver" label={t('allowsOver')} defaultChecked={isTicked('allowsOver', budget?.allowsOver ?? false)} />
      <Select
        name="hardStop"
        label={t('stop.label')}
        help={t('stop.help')}
        defaultValue={typed('hardStop') ?? budget?.hardStop ?? 'none'}
        error={error('hardStop')}
      >
        {hardStops.map((stop) => (
          <option key={stop} value={stop}>
            {t(`stop.will.${stop}`)}
          </option>
        ))}
      </Select>
      <TextInput
        name="confirmation"
        label={t('stop.confirm', { name: confirmWith })}
        help={t('stop.confirmHelp')}
        autoComplete="off"
        defaultValue={typed('confirmation')}
        error={error('confirmation')}
      />
      <div>
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </Form>
  )
}
