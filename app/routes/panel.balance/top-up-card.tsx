import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, toDecimal } from '#app/domain/money/money.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePayProblem } from '#app/ui/payments/use-pay-problem.ts'
import { type PageWay, type SavedWay, WayToPay } from '#app/ui/payments/way-to-pay.tsx'

type TopUpCardProps = {
  currency: string
  presets: readonly MoneyValue[]
  saved: readonly SavedWay[]
  pages: readonly PageWay[]
  formKey: string
  answer: Parameters<typeof useFieldErrors>[0]
}

/** Adds money by a saved way to pay or at a gateway: one of the usual amounts, or any other. */
export function TopUpCard({ currency, presets, saved, pages, formKey, answer }: TopUpCardProps) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const format = useFormat()
  const problem = usePayProblem(answer)
  if (saved.length === 0 && pages.length === 0) return null
  return (
    <Card id="top-up" title={t('balance.topUp')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="currency" value={currency} />
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <fieldset className="grid gap-3">
          <legend className="mb-2 text-sm font-medium">{t('balance.howMuch')}</legend>
          {presets.map((amount, place) => (
            <RadioCard
              key={amount.minor.toString()}
              name="preset"
              value={toDecimal(amount).toFixed()}
              isChosen={place === 1}
              title={<bdi>{format.money(amount)}</bdi>}
            />
          ))}
          <RadioCard name="preset" value="other" isChosen={false} title={t('balance.other')} />
        </fieldset>
        <TextInput
          name="amount"
          label={t('balance.otherAmount', { currency })}
          error={error('amount')}
          defaultValue={typed('amount') ?? ''}
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
        />
        <WayToPay saved={saved} pages={pages} />
        <div>
          <SubmitButton name="deed" value="pay">
            {t('balance.pay')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
