import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { type OpenDocument, roundingLimitMinor } from '#app/domain/payment/allocation.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'

type AllocateCardProps = { unapplied: Money; open: readonly OpenDocument[]; answer: object | undefined }

/** Which document a part of the payment settles. */
export function AllocateCard({ unapplied, open, answer }: AllocateCardProps) {
  const { t } = useTranslation('payment')
  const format = useFormat()
  const { error, typed } = useFieldErrors(answer)
  const problem = usePaymentProblem(answer)
  const [first] = open
  if (!first) return <Card title={t('allocate.title')}>{t('allocate.nothingOpen')}</Card>
  const proposed = toDecimal(lesser(unapplied, first.open)).toFixed()
  const limit = format.money({ minor: roundingLimitMinor, currency: unapplied.currency })
  return (
    <Card title={t('allocate.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <Select name="invoiceId" label={t('allocate.document')} defaultValue={typed('invoiceId') ?? first.id} error={error('invoiceId')}>
          {open.map((each) => (
            <option key={each.id} value={each.id} suppressHydrationWarning>
              {t('allocate.option', { number: each.number, amount: format.money(each.open), day: format.day(each.dueDate) })}
            </option>
          ))}
        </Select>
        <TextInput
          name="amount"
          label={t('allocate.amount', { currency: unapplied.currency })}
          defaultValue={typed('amount') ?? proposed}
          error={error('amount')}
          required
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
        />
        <Checkbox name="rounds" label={t('allocate.rounds', { amount: limit })} />
        <div>
          <SubmitButton>{t('allocate.make')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
