import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined
type SettingCardProps = { from: string | null; today: string; mayWrite: boolean; answer: Answer }

/** From which day on fees in advance are deferred, and the switch for it. */
export function SettingCard({ from, today, mayWrite, answer }: SettingCardProps) {
  const { t } = useTranslation('ledger')
  const format = useFormat()
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="setting" title={t('deferral.setting')} className="max-w-2xl">
      <p className="text-sm" suppressHydrationWarning>
        {from ? t('deferral.isOn', { date: format.day(from) }) : t('deferral.isOff')}
      </p>
      {mayWrite ? (
        <Form method="post" className="no-print mt-4 grid gap-4">
          <FormToken />
          <TextInput
            type="date"
            name="from"
            label={t('deferral.from')}
            help={t('deferral.fromHint')}
            defaultValue={typed('from') || (from ?? today)}
            error={error('from')}
            required
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton name="deed" value="on">
              {from ? t('deferral.change') : t('deferral.switchOn')}
            </SubmitButton>
            {from ? (
              <SubmitButton look="secondary" name="deed" value="off">
                {t('deferral.switchOff')}
              </SubmitButton>
            ) : null}
          </div>
        </Form>
      ) : null}
    </Card>
  )
}
