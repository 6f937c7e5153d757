import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined
type FocusFormProps = {
  lastMonth: string
  buyers: readonly { readonly id: string; readonly name: string }[]
  hasParent: boolean
  answer: Answer
}

/** Usage and cost of a month: fetched at once, or prepared as a file when it is long. */
export function FocusForm({ lastMonth, buyers, hasParent, answer }: FocusFormProps) {
  const { t } = useTranslation('report')
  const { error } = useFieldErrors(answer)
  return (
    <Card id="focus" title={t('exports.focus')}>
      <Form method="post" reloadDocument className="grid gap-4">
        <FormToken />
        <p className="text-sm text-muted">{t('exports.focusLead')}</p>
        <TextInput name="month" type="month" label={t('exports.billingMonth')} defaultValue={lastMonth} error={error('month')} required />
        {hasParent ? (
          <Select name="side" label={t('exports.side')}>
            <option value="sell">{t('exports.sell')}</option>
            <option value="buy">{t('exports.buy')}</option>
          </Select>
        ) : null}
        <Select name="account" label={t('buyer')} defaultValue="">
          <option value="">{t('exports.everyBuyer')}</option>
          {buyers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <div className="flex flex-wrap gap-3">
          <Button name="kind" value="fetch">
            {t('exports.fetch')}
          </Button>
          <Button look="secondary" name="kind" value="focus">
            {t('exports.prepare')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

/** The entries of a closed month, for the accountant. */
export function AccountingForm({ months, answer }: { months: readonly string[]; answer: Answer }) {
  const { t } = useTranslation('report')
  const { error } = useFieldErrors(answer)
  const monthName = useMonthName()
  return (
    <Card id="accounting" title={t('exports.accounting')} aside={<TextLink to="/office/exports/numbers">{t('numbers.title')}</TextLink>}>
      {months.length === 0 ? (
        <p className="text-sm text-muted">
          {t('exports.noClosedMonth')} <TextLink to="/office/ledger/periods">{t('exports.closeMonth')}</TextLink>
        </p>
      ) : (
        <Form method="post" className="grid gap-4">
          <FormToken />
          <input type="hidden" name="kind" value="accounting" />
          <p className="text-sm text-muted">{t('exports.accountingLead')}</p>
          <Select name="period" label={t('exports.closedMonth')} error={error('period')}>
            {months.map((month) => (
              <option key={month} value={month} suppressHydrationWarning>
                {monthName(month)}
              </option>
            ))}
          </Select>
          <Select name="format" label={t('exports.format')}>
            <option value="datev">{t('exports.formats.datev')}</option>
            <option value="csv">{t('exports.formats.csv')}</option>
            <option value="jsonl">{t('exports.formats.jsonl')}</option>
          </Select>
          <TextInput
            name="currency"
            label={t('exports.currency')}
            help={t('exports.currencyHelp')}
            error={error('currency')}
            maxLength={3}
          />
          <div>
            <SubmitButton>{t('exports.make')}</SubmitButton>
          </div>
        </Form>
      )}
    </Card>
  )
}
