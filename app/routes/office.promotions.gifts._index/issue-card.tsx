import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type IssueCardProps = { formKey: string; currency: string; answer: Parameters<typeof useFieldErrors>[0] }

/** Makes codes of one amount. */
export function IssueCard({ formKey, currency, answer }: IssueCardProps) {
  const { t } = useTranslation(['promotion', 'common', 'payment'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? '' })
  return (
    <Card id="issue" title={t('gifts.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="formKey" value={formKey} />
        <TextInput {...field('name')} label={t('gifts.name')} help={t('gifts.nameHelp')} required maxLength={80} />
        <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-4">
          <TextInput {...field('amount')} label={t('gifts.amount')} inputMode="decimal" dir="ltr" required maxLength={20} />
          <TextInput
            {...field('currency')}
            defaultValue={typed('currency') ?? currency}
            label={t('payment:currency')}
            dir="ltr"
            required
            maxLength={3}
          />
        </div>
        <TextInput
          {...field('codes')}
          defaultValue={typed('codes') ?? '1'}
          label={t('gifts.count')}
          inputMode="numeric"
          required
          maxLength={5}
        />
        <TextInput {...field('redeemUntil')} type="date" label={t('gifts.redeemUntil')} required />
        <TextInput
          {...field('lastsDays')}
          label={t('gifts.lastsDays')}
          help={t('gifts.lastsDaysHelp')}
          isOptional={t('common:optional')}
          inputMode="numeric"
          maxLength={4}
        />
        <div>
          <SubmitButton>{t('gifts.issue')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
