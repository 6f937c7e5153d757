import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Money } from '#app/ui/base/money.tsx'
import { type InvoiceLine, useInvoiceLine } from '#app/ui/documents/invoice-lines.ts'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { shownLines } from './credit-form.ts'

export type CreditableLine = InvoiceLine & { readonly rest: MoneyValue }
type Fields = { error: (name: string) => string | undefined; typed: (name: string) => string | undefined }

/** What is credited: everything, an amount, or parts of lines. The choice opens its fields by style alone, so that it works without scripts. */
export function CreditFields({ lines, rest, fields }: { lines: readonly CreditableLine[]; rest: MoneyValue; fields: Fields }) {
  const { t } = useTranslation('invoicing')
  const chosen = fields.typed('request') ?? 'rest'
  return (
    <fieldset className="group/credit flex flex-col gap-4">
      <legend className="mb-3 text-sm font-medium">{t('credit.request')}</legend>
      <RadioCard name="request" value="rest" title={t('credit.rest')} aside={<Money amount={rest} />} isChosen={chosen === 'rest'} />
      <RadioCard name="request" value="amount" title={t('credit.amount')} isChosen={chosen === 'amount'} />
      <TextInput
        name="amount"
        label={`${t('credit.amountOf')} (${rest.currency})`}
        inputMode="decimal"
        dir="ltr"
        defaultValue={fields.typed('amount')}
        error={fields.error('amount')}
        className="ms-9 hidden max-w-60 group-has-[#request-amount:checked]/credit:flex"
      />
      <RadioCard name="request" value="lines" title={t('credit.lines')} isChosen={chosen === 'lines'} />
      <ul className="ms-9 hidden flex-col divide-y divide-border border-y border-border group-has-[#request-lines:checked]/credit:flex max-sm:ms-0">
        {lines.slice(0, shownLines).map((line, index) => (
          <LineFields key={line.id} line={line} index={index} fields={fields} />
        ))}
      </ul>
      {lines.length > shownLines ? <p className="text-sm text-muted">{t('credit.more', { count: shownLines })}</p> : null}
    </fieldset>
  )
}

function LineFields({ line, index, fields }: { line: CreditableLine; index: number; fields: Fields }) {
  const { t } = useTranslation('invoicing')
  const words = useInvoiceLine()(line)
  return (
    <li className="flex flex-col gap-3 py-3">
      <div className="flex flex-wrap justify-between gap-x-4 text-sm" suppressHydrationWarning>
        <span>
          {words.description}
          <span className="block text-xs text-muted">
            {words.quantity} × <bdi>{words.unitPrice}</bdi>
          </span>
        </span>
        <Money amount={line.rest} />
      </div>
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 [&>*:first-child]:max-sm:col-span-2">
        <Checkbox name={`whole${index}`} label={t('credit.lineWhole')} defaultChecked={fields.typed(`whole${index}`) === 'on'} />
        <TextInput
          name={`quantity${index}`}
          label={t('credit.lineQuantity')}
          inputMode="decimal"
          dir="ltr"
          defaultValue={fields.typed(`quantity${index}`)}
          error={fields.error(`quantity${index}`)}
        />
        <TextInput
          name={`net${index}`}
          label={t('credit.lineNet')}
          inputMode="decimal"
          dir="ltr"
          defaultValue={fields.typed(`net${index}`)}
          error={fields.error(`net${index}`)}
        />
      </div>
    </li>
  )
}
