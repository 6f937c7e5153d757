import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { add, zero } from '#app/domain/money/money.ts'
import type { EntryDetail } from '#app/reports/ledger/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined

/** The way to take an entry back, or the reason why there is none. */
export function ReverseCard({ entry, answer }: { entry: EntryDetail; answer: Answer }) {
  const { t } = useTranslation('ledger')
  const format = useFormat()
  const { error, typed } = useFieldErrors(answer)
  const amounts = debitsOf(entry).map((amount) => format.money(amount))
  return (
    <Card id="reverse" title={t('reverse.title')} className="no-print mt-6 max-w-2xl">
      {entry.notReversible ? (
        <p className="text-sm text-muted">{t(`problem.${entry.notReversible}`)}</p>
      ) : (
        <Form method="post" className="grid gap-4">
          <FormToken />
          <p className="text-sm text-muted">{t('reverse.lead')}</p>
          <TextInput
            name="reason"
            label={t('reverse.reason')}
            help={t('reverse.reasonHelp')}
            defaultValue={typed('reason')}
            error={error('reason')}
            maxLength={200}
            required
          />
          <SubmitButton look="danger" className="justify-self-start">
            <span suppressHydrationWarning>{t('reverse.button', { amount: amounts.join(' + ') })}</span>
          </SubmitButton>
        </Form>
      )}
    </Card>
  )
}

/** What the entry moves, one sum per currency. */
function debitsOf({ postings }: EntryDetail) {
  const sums = new Map<string, ReturnType<typeof zero>>()
  for (const { amount } of postings)
    if (amount.minor > 0n) sums.set(amount.currency, add(sums.get(amount.currency) ?? zero(amount.currency), amount))
  return [...sums.values()]
}
