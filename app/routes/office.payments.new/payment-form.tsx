import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OpenDocument } from '#app/domain/payment/allocation.ts'
import { paymentMethods } from '#app/domain/payment/payment.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { usePaymentProblem } from '#app/ui/payments/use-payment-problem.ts'

type Buyer = {
  readonly id: string
  readonly currencies: readonly string[]
  readonly open: readonly OpenDocument[]
  readonly today: string
}
type Answer =
  | { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>>; readonly problem?: string }
  | undefined

/** Money of one buyer that came another way than by itself, and what it settles at once. */
export function PaymentForm({ buyer, formKey, answer }: { buyer: Buyer; formKey: string; answer: Answer }) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const format = useFormat()
  const problem = usePaymentProblem(answer)
  const common = (name: string, value = '') => ({ name, defaultValue: typed(name) ?? value, error: error(name) })
  return (
    <Card className="max-w-2xl">
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="accountId" value={buyer.id} />
        <input type="hidden" name="formKey" value={typed('formKey') ?? formKey} />
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <div className="grid gap-5 sm:grid-cols-2">
          <TextInput {...common('amount')} label={t('amount')} required inputMode="decimal" dir="ltr" maxLength={20} />
          <Select {...common('currency', buyer.currencies[0])} label={t('currency')}>
            <CurrencyOptions codes={buyer.currencies} />
          </Select>
          <Select {...common('method', 'transfer')} label={t('method')}>
            {paymentMethods.map((method) => (
              <option key={method} value={method}>
                {t(`methods.${method}`)}
              </option>
            ))}
          </Select>
          <TextInput {...common('receivedOn', buyer.today)} label={t('receivedOn')} type="date" max={buyer.today} required />
          <TextInput {...common('reference')} label={t('reference')} help={t('record.referenceHelp')} maxLength={140} />
          <TextInput {...common('payerName')} label={t('payer')} maxLength={140} />
        </div>
        <Select {...common('settles', 'oldest')} label={t('record.settles')} help={t('record.settlesHelp')}>
          <option value="oldest">{t('record.oldest')}</option>
          <option value="nothing">{t('record.nothing')}</option>
          {buyer.open.map(({ id, number, open }) => (
            <option key={id} value={id} suppressHydrationWarning>
              {t('record.document', { number, amount: format.money(open) })}
            </option>
          ))}
        </Select>
        <div>
          <SubmitButton>{t('record.make')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
