import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { NumberedAccount } from '#app/reports/exports/numbers.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { useLedgerAccountName } from '#app/ui/payments/use-ledger-account-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined

/** Gives one account a number of the seller's own; none takes the chart's again. */
export function NumberForm({ accounts, answer }: { accounts: readonly NumberedAccount[]; answer: Answer }) {
  const { t } = useTranslation('report')
  const nameOf = useLedgerAccountName()
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="own-number" title={t('numbers.change')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <Select name="code" label={t('numbers.account')} defaultValue={typed('code') ?? ''} error={error('code')} required>
          {accounts.map(({ code, number }) => (
            <option key={code} value={code} suppressHydrationWarning>
              {nameOf(code)} ({number.number})
            </option>
          ))}
        </Select>
        <TextInput
          name="number"
          label={t('numbers.number')}
          help={t('numbers.numberHelp')}
          defaultValue={typed('number')}
          error={error('number')}
          inputMode="numeric"
          maxLength={4}
        />
        <TextInput
          name="taxKey"
          label={t('numbers.taxKey')}
          help={t('numbers.taxKeyHelp')}
          defaultValue={typed('taxKey')}
          error={error('taxKey')}
          inputMode="numeric"
          maxLength={4}
        />
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** The accounts of the books and the numbers they leave under. */
export function NumberTable({ accounts }: { accounts: readonly NumberedAccount[] }) {
  const { t } = useTranslation('report')
  const { t: ledger } = useTranslation('ledger')
  const nameOf = useLedgerAccountName()
  return (
    <Table
      caption={t('numbers.accounts')}
      rows={accounts}
      rowKey={({ code }) => code}
      empty={<EmptyState title={t('numbers.none')}>{t('numbers.noneText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('numbers.account'),
          isPrimary: true,
          cell: ({ code }) => <span suppressHydrationWarning>{nameOf(code)}</span>,
        },
        { key: 'kind', head: ledger('kind'), cell: ({ kind }) => ledger(`kinds.${kind}`) },
        {
          key: 'number',
          head: t('numbers.number'),
          isNumber: true,
          cell: ({ code, number }) => (code === 'receivable' ? t('numbers.perBuyer', { number: number.number }) : number.number),
        },
        { key: 'taxKey', head: t('numbers.taxKey'), isNumber: true, cell: ({ number }) => number.taxKey || '–' },
        { key: 'proposed', head: t('numbers.proposed'), isNumber: true, cell: ({ proposed, isOwn }) => (isOwn ? proposed : '–') },
      ]}
    />
  )
}
