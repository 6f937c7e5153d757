import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, toDecimal } from '#app/domain/money/money.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type AutoTopUpCardProps = {
  currency: string
  rule: { readonly isOn: boolean; readonly threshold: MoneyValue; readonly amount: MoneyValue; readonly monthlyCap: MoneyValue } | null
  answer: Parameters<typeof useFieldErrors>[0]
}

/** What is charged by itself when the balance runs low, and how much of that a month may bring. */
export function AutoTopUpCard({ currency, rule, answer }: AutoTopUpCardProps) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const plain = (amount: MoneyValue | undefined) => (amount ? toDecimal(amount).toFixed() : '')
  const field = (name: string, amount: MoneyValue | undefined) => ({
    name,
    error: error(name),
    defaultValue: typed(name) ?? plain(amount),
    inputMode: 'decimal' as const,
    dir: 'ltr' as const,
    maxLength: 20,
  })
  return (
    <Card id="auto-top-up" title={t('balance.auto.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="currency" value={currency} />
        <Checkbox name="isOn" label={t('balance.auto.isOn')} defaultChecked={rule?.isOn ?? false} />
        <TextInput {...field('threshold', rule?.threshold)} label={t('balance.auto.threshold', { currency })} />
        <TextInput {...field('autoAmount', rule?.amount)} label={t('balance.auto.amount', { currency })} />
        <TextInput {...field('monthlyCap', rule?.monthlyCap)} label={t('balance.auto.cap', { currency })} />
        <div>
          <SubmitButton name="deed" value="auto" look="secondary">
            {t('balance.auto.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
