import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money } from '#app/domain/money/money.ts'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { rowField } from '../office.quarantine/release-bar.tsx'

type AcceptBarProps = { ids: readonly string[]; reason: string | undefined; error: string | undefined; totals: readonly Money[] }

/** Accepts what the page shows, for a reason that is kept; the button says what it comes to. */
export function AcceptBar({ ids, reason, error, totals }: AcceptBarProps) {
  const { t } = useTranslation('office')
  const format = useFormat()
  return (
    <Form method="post" className="no-print flex flex-wrap items-start gap-x-4 gap-y-3 border-t border-border px-card py-4">
      <FormToken />
      {ids.map((id, index) => (
        <input key={id} type="hidden" name={rowField(index)} value={id} />
      ))}
      <TextInput
        name="reason"
        label={t('quarantine.acceptReason')}
        help={t('quarantine.acceptHelp')}
        error={error}
        defaultValue={reason}
        required
        maxLength={200}
        className="w-full max-w-xl"
      />
      <div className="md:pt-6.5">
        <SubmitButton>
          <span suppressHydrationWarning>
            {t('quarantine.acceptNow', { amount: totals.map((total) => format.money(total)).join(', ') || '–' })}
          </span>
        </SubmitButton>
      </div>
    </Form>
  )
}
