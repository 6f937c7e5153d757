import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import { printIban } from '#app/domain/bank/iban.ts'
import { printReference } from '#app/domain/bank/payment-references.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import type { ExpectedTableRow } from '#app/ui/payments/expected-table.tsx'

type TransferCardProps = {
  currency: string
  announcing: { readonly bank: BankDetails | null; readonly rows: readonly ExpectedTableRow[] }
  /** Those that a banking app can read a code of. */
  coded: readonly string[]
  formKey: string
  answer: Parameters<typeof useFieldErrors>[0]
}

/** Adds money by bank transfer: the reference that finds it again, and transfers that are on their way. */
export function TransferCard({ currency, announcing: { bank, rows }, coded, formKey, answer }: TransferCardProps) {
  const { t } = useTranslation('payment')
  const { error, typed } = useFieldErrors(answer)
  const awaited = rows.filter(({ state }) => state === 'awaited' || state === 'overdue')
  if (!bank) return null
  return (
    <Card id="transfer" title={t('balance.byTransfer')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="currency" value={currency} />
        <TextInput
          name="transferAmount"
          label={t('balance.transferAmount', { currency })}
          help={t('balance.transferHelp')}
          error={error('transferAmount')}
          defaultValue={typed('transferAmount') ?? ''}
          inputMode="decimal"
          dir="ltr"
          maxLength={20}
        />
        <div>
          <SubmitButton name="deed" value="transfer" look="secondary">
            {t('balance.announce')}
          </SubmitButton>
        </div>
      </Form>
      {awaited.length > 0 ? (
        <div className="mt-6 grid gap-3 border-t border-border pt-4 text-sm">
          <p>
            {t('balance.transferTo')} <b>{bank.holder}</b>, <bdi dir="ltr">{printIban(bank.iban)}</bdi>
          </p>
          <ul className="grid gap-3">
            {awaited.map(({ id, reference, amount, dueOn }) => (
              <Awaited key={id} {...{ id, reference, amount, dueOn }} hasCode={coded.includes(id)} />
            ))}
          </ul>
        </div>
      ) : null}
    </Card>
  )
}

type AwaitedProps = Pick<ExpectedTableRow, 'id' | 'reference' | 'amount' | 'dueOn'> & { hasCode: boolean }

function Awaited({ id, reference, amount, dueOn, hasCode }: AwaitedProps) {
  const { t } = useTranslation('payment')
  return (
    <li>
      <Money amount={amount} className="font-medium" /> · <Day day={dueOn} />
      <span className="block text-muted">
        {t('reference')}{' '}
        <bdi dir="ltr" className="font-medium text-text">
          {printReference(reference)}
        </bdi>
      </span>
      {hasCode ? (
        <figure className="mt-3">
          <img
            src={`/panel/balance/code/${id}`}
            alt={t('balance.code')}
            width={176}
            height={176}
            loading="lazy"
            className="rounded-control border border-border bg-white p-2"
          />
          <figcaption className="mt-1 text-muted">{t('balance.scan')}</figcaption>
        </figure>
      ) : null}
    </li>
  )
}
